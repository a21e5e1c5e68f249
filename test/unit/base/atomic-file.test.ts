import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PARTIAL_PREFIX, partialPath, syncFolder, writeFileAtomic } from '../../../src-main/base/atomic-file';
import { tempFolder } from '../../support/temp-folder';

const text = (words: string) => (handle: { writeFile(data: string): Promise<void> }) => handle.writeFile(words);

describe('writeFileAtomic', () => {
  it('leaves the whole file with its mode and nothing beside it', async () => {
    const folder = tempFolder();
    const path = join(folder, 'a.json');
    await writeFileAtomic(path, text('whole'), { mode: 0o400 });
    expect(readFileSync(path, 'utf8')).toBe('whole');
    expect(statSync(path).mode & 0o777).toBe(0o400);
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('replaces what was there, also a read-only file', async () => {
    const path = join(tempFolder(), 'a.json');
    await writeFileAtomic(path, text('old'), { mode: 0o400 });
    await writeFileAtomic(path, text('new'), { mode: 0o400 });
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('keeps the old file and leaves no part of the new one when filling fails', async () => {
    const folder = tempFolder();
    const path = join(folder, 'a.json');
    writeFileSync(path, 'old');
    const half = async (handle: { writeFile(data: string): Promise<void> }) => {
      await handle.writeFile('ha');
      throw new Error('no more');
    };
    await expect(writeFileAtomic(path, half, { mode: 0o600 })).rejects.toThrow('no more');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('never replaces a file when it is exclusive', async () => {
    const folder = tempFolder();
    const path = join(folder, 'a.json');
    await writeFileAtomic(path, text('first'), { mode: 0o600, exclusive: true });
    const second = writeFileAtomic(path, text('second'), { mode: 0o600, exclusive: true });
    await expect(second).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(path, 'utf8')).toBe('first');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('lets exactly one of many exclusive writers win', async () => {
    const folder = tempFolder();
    const path = join(folder, 'a.json');
    const writes = Array.from({ length: 8 }, (_, index) =>
      writeFileAtomic(path, text(String(index)), { mode: 0o600, exclusive: true }),
    );
    const results = await Promise.allSettled(writes);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(readFileSync(path, 'utf8')).toBe(String(results.findIndex(({ status }) => status === 'fulfilled')));
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('takes names of any bytes', async () => {
    const folder = tempFolder();
    const path = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x2d, 0xff, 0x0a, 0xe2, 0x80, 0xae])]);
    await writeFileAtomic(path, text('odd'), { mode: 0o600 });
    expect(readFileSync(path, 'utf8')).toBe('odd');
  });

  it('fails when there is no such folder', async () => {
    const path = join(tempFolder(), 'missing', 'a.json');
    await expect(writeFileAtomic(path, text('x'), { mode: 0o600 })).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('partialPath', () => {
  it('lies in the folder of the file, under a name that recovery knows', () => {
    const folder = tempFolder();
    const path = partialPath(join(folder, 'a')).toString();
    expect(path.startsWith(`${folder}/${PARTIAL_PREFIX}`)).toBe(true);
    expect(partialPath('/a').toString().startsWith(`/`)).toBe(true);
    expect(partialPath('a').toString().startsWith(`./${PARTIAL_PREFIX}`)).toBe(true);
  });
});

describe('syncFolder', () => {
  it('syncs a folder, and says so when it is none', async () => {
    await expect(syncFolder(tempFolder())).resolves.toBeUndefined();
    await expect(syncFolder(join(tempFolder(), 'missing'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
