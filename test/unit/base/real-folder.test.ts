import { chmodSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRealFolder } from '../../../src-main/base/real-folder';
import { tempFolder } from '../../support/temp-folder';
import { unprivileged } from '../intake/unprivileged';

describe.runIf(process.platform === 'linux')('a folder in hand', () => {
  it('stays the same one when another comes into its place', async () => {
    const path = join(tempFolder(), 'a\nb');
    mkdirSync(path);
    const folder = await openRealFolder(Buffer.from(path));
    if (folder.kind !== 'there') throw new Error('it is there');
    renameSync(path, `${path}.away`);
    mkdirSync(path);
    await writeFile(folder.pathOf(Buffer.from('file')), 'in hand');
    await folder.close();
    expect(readFileSync(join(`${path}.away`, 'file'), 'utf8')).toBe('in hand');
  });

  it('need not be readable', async () => {
    const path = tempFolder();
    chmodSync(path, 0o333);
    const folder = await unprivileged(() => openRealFolder(Buffer.from(path)));
    if (folder.kind === 'there') await folder.close();
    expect(folder.kind).toBe('there');
  });

  it('is gone, or elsewhere: behind a link, or no folder', async () => {
    const root = tempFolder();
    mkdirSync(join(root, 'real/sub'), { recursive: true });
    symlinkSync('real', join(root, 'link'));
    writeFileSync(join(root, 'file'), '');
    const kindOf = async (name: string) => (await openRealFolder(Buffer.from(join(root, name)))).kind;
    expect(await kindOf('missing')).toBe('gone');
    for (const name of ['link', 'link/sub', 'file', 'file/sub']) expect(await kindOf(name), name).toBe('elsewhere');
    expect(await kindOf('real/sub')).toBe('there');
  });

  it('tells of errors by its own path', async () => {
    const path = tempFolder();
    const folder = await openRealFolder(Buffer.from(path));
    if (folder.kind !== 'there') throw new Error('it is there');
    const error = await writeFile(folder.pathOf(Buffer.from('no/file')), '').catch((each: unknown) => each);
    expect(folder.told(error).message).toContain(`open '${path}/no/file'`);
    await folder.close();
  });
});
