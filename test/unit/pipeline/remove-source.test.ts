import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileIdentity } from '../../../src-main/contract/submission';
import { privateName, removeSource } from '../../../src-main/pipeline/remove-source';
import { tempFolder } from '../../support/temp-folder';

function identityOf(path: string | Buffer): FileIdentity {
  const { dev, ino, size, mtimeNs } = statSync(path, { bigint: true });
  return { dev: String(dev), ino: String(ino), size: Number(size), mtimeNs: String(mtimeNs) };
}

/** A file that was taken: its path, the private name it is removed under, and who it was. */
function takenFile(name = 'a.txt') {
  const folder = tempFolder();
  const path = join(folder, name);
  writeFileSync(path, 'taken');
  return {
    folder,
    path,
    source: Buffer.from(path),
    aside: privateName(Buffer.from(path), 7),
    identity: identityOf(path),
  };
}

/** Another file in the place of the first, with another inode. */
function replace(path: string): void {
  writeFileSync(`${path}.new`, 'fresh');
  renameSync(`${path}.new`, path);
}

describe('removeSource', () => {
  it('removes the very file that was taken, and does nothing a second time', async () => {
    const { folder, source, identity } = takenFile();
    expect(await removeSource(source, identity, 7)).toBe('removed');
    expect(await removeSource(source, identity, 7)).toBe('removed');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('removes a file whose name is no UTF-8', async () => {
    const folder = tempFolder();
    const source = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x2d, 0xff, 0x0a])]);
    writeFileSync(source, 'taken');
    expect(await removeSource(source, identityOf(source), 7)).toBe('removed');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('goes on after a crash between rename and unlink', async () => {
    const { folder, path, source, aside, identity } = takenFile();
    renameSync(path, aside);
    expect(await removeSource(source, identity, 7)).toBe('removed');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('goes on after that crash when a new file came to the old name, which stays', async () => {
    const { path, source, aside, identity } = takenFile();
    renameSync(path, aside);
    writeFileSync(path, 'fresh');
    expect(await removeSource(source, identity, 7)).toBe('removed');
    expect(existsSync(aside)).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('fresh');
  });

  it('never touches another file of that name', async () => {
    const { folder, path, source, identity } = takenFile();
    replace(path);
    expect(await removeSource(source, identity, 7)).toBe('replaced');
    expect(readFileSync(path, 'utf8')).toBe('fresh');
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  it('never touches the same file with other content', async () => {
    const { path, source, identity } = takenFile();
    writeFileSync(path, 'other');
    utimesSync(path, 1, 1);
    expect(await removeSource(source, identity, 7)).toBe('replaced');
    expect(readFileSync(path, 'utf8')).toBe('other');
  });

  it('never touches a folder or a link that came to the name', async () => {
    const { folder, path, source, identity } = takenFile();
    renameSync(path, join(folder, 'elsewhere'));
    symlinkSync('elsewhere', path);
    expect(await removeSource(source, identity, 7)).toBe('replaced');
    const other = takenFile();
    renameSync(other.path, `${other.path}.old`);
    mkdirSync(other.path);
    expect(await removeSource(other.source, other.identity, 7)).toBe('replaced');
    expect(statSync(other.path).isDirectory()).toBe(true);
    expect(readFileSync(join(folder, 'elsewhere'), 'utf8')).toBe('taken');
  });

  it('puts a file back that was renamed aside and is not the one that was taken', async () => {
    const { folder, path, source, aside, identity } = takenFile();
    replace(path);
    renameSync(path, aside);
    expect(await removeSource(source, identity, 7)).toBe('replaced');
    expect(readFileSync(path, 'utf8')).toBe('fresh');
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  it('keeps both when it cannot put it back, because a third file came to the name', async () => {
    const { path, source, aside, identity } = takenFile();
    replace(path);
    renameSync(path, aside);
    writeFileSync(path, 'third');
    expect(await removeSource(source, identity, 7)).toBe('replaced');
    expect([readFileSync(path, 'utf8'), readFileSync(aside, 'utf8')]).toEqual(['third', 'fresh']);
  });

  it('removes one name of a file that has several', async () => {
    const { folder, path, source, identity } = takenFile();
    linkSync(path, join(folder, 'second'));
    expect(await removeSource(source, identity, 7)).toBe('removed');
    expect(readFileSync(join(folder, 'second'), 'utf8')).toBe('taken');
  });

  it('removes the source also where somebody planted another file under its private name', async () => {
    const { folder, source, aside, identity } = takenFile();
    writeFileSync(aside, 'planted');
    expect(await removeSource(source, identity, 7)).toBe('removed');
    expect(readdirSync(folder)).toEqual([basename(aside.toString())]);
    expect(readFileSync(aside, 'utf8')).toBe('planted');
  });

  it('removes the source also where somebody planted a link to it under its private name', async () => {
    const { folder, path, source, aside, identity } = takenFile();
    linkSync(path, aside);
    expect(await removeSource(source, identity, 7)).toBe('removed');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('goes on after a crash between rename and unlink where the first private name was taken', async () => {
    const { folder, path, source, aside, identity } = takenFile();
    writeFileSync(aside, 'planted');
    renameSync(path, privateName(source, 7, 2));
    expect(await removeSource(source, identity, 7)).toBe('removed');
    expect(readdirSync(folder)).toEqual([basename(aside.toString())]);
  });

  it('rejects when every private name is taken', async () => {
    const { path, source, identity } = takenFile();
    for (let number = 1; number <= 20; number += 1) writeFileSync(privateName(source, 7, number), 'planted');
    await expect(removeSource(source, identity, 7)).rejects.toThrow('private name');
    expect(existsSync(path)).toBe(true);
  });

  it('is done when the folder went with the file', async () => {
    const identity = { dev: '1', ino: '1', size: 1, mtimeNs: '1' };
    expect(await removeSource(Buffer.from(join(tempFolder(), 'gone', 'a')), identity, 7)).toBe('removed');
  });

  it.runIf(process.platform === 'linux').each(['sub', 'sub/deep'])(
    'touches nothing through a link that came into the place of %s, be it the very file that was taken',
    async (swapped) => {
      const folder = tempFolder();
      const [inside, outside] = [join(folder, 'in/sub/deep'), join(folder, 'out/deep')];
      for (const place of [inside, outside]) mkdirSync(place, { recursive: true });
      writeFileSync(join(inside, 'a.txt'), 'taken');
      const identity = identityOf(join(inside, 'a.txt'));
      renameSync(join(inside, 'a.txt'), join(outside, 'a.txt'));
      renameSync(join(folder, 'in', swapped), join(folder, 'away'));
      symlinkSync(join(folder, swapped === 'sub' ? 'out' : 'out/deep'), join(folder, 'in', swapped));
      expect(await removeSource(Buffer.from(join(inside, 'a.txt')), identity, 7)).toBe('replaced');
      expect(readdirSync(outside)).toEqual(['a.txt']);
    },
  );

  it.runIf(process.platform === 'linux')('tells of a problem by the path that people know', async () => {
    const { folder, source, identity } = takenFile();
    for (let number = 1; number <= 20; number += 1) writeFileSync(privateName(source, 7, number), 'planted');
    await expect(removeSource(source, identity, 7)).rejects.toThrow(`up to ${folder}/.dropgate-taken-7`);
  });

  it('uses a name of its own for each item', () => {
    const source = Buffer.from('/in/a.txt');
    expect(privateName(source, 7).toString()).toBe('/in/.dropgate-taken-7');
    expect(privateName(source, 8).equals(privateName(source, 7))).toBe(false);
  });
});
