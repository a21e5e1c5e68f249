import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { identityOf, stageFile } from '../../../src-main/intake/stage-file';
import { tempFolder } from '../../support/temp-folder';
import { hashesOf, requestFor } from './stage-requests';
import { unprivileged } from './unprivileged';

const MIB = 1024 * 1024;

describe('stageFile', () => {
  it.each([0, 1, 4095, MIB - 1, MIB, MIB + 1, 5 * MIB])('copies %i bytes whole and hashes them right', async (size) => {
    const folder = tempFolder();
    const source = join(folder, 'a');
    const destination = join(folder, 'copy');
    const bytes = randomBytes(size);
    writeFileSync(source, bytes);
    const answer = await stageFile(requestFor(source, { destination, durable: true }));
    expect(answer).toMatchObject({ kind: 'staged', size, hashes: hashesOf(bytes), type: null });
    expect(readFileSync(destination).equals(bytes)).toBe(true);
    expect(statSync(destination).mode & 0o777).toBe(0o640);
  });

  it('lets the next file be read while copies are made durable', async () => {
    const folder = tempFolder();
    const files = Array.from({ length: 40 }, (_, index) => {
      const bytes = randomBytes(index * 100);
      writeFileSync(join(folder, String(index)), bytes);
      return { bytes, source: join(folder, String(index)), destination: join(folder, `copy-${index}`) };
    });
    const answers: ReturnType<typeof stageFile>[] = [];
    for (const { source, destination } of files) {
      const request = requestFor(source, { destination, durable: true });
      await new Promise<void>((onSyncing) => {
        answers.push(stageFile(request, { onLarge: () => undefined, onSyncing }));
      });
    }
    for (const [index, { bytes, destination }] of files.entries()) {
      expect(await answers[index]).toMatchObject({ kind: 'staged', hashes: hashesOf(bytes) });
      expect(readFileSync(destination).equals(bytes)).toBe(true);
    }
  });

  it('hashes in place, only SHA-256 unless more is asked for, and says which file it was', async () => {
    const folder = tempFolder();
    const source = join(folder, 'a');
    writeFileSync(source, 'abc');
    const { ino, dev, size, mtimeNs } = statSync(source, { bigint: true });
    const answer = await stageFile(requestFor(source, { allHashes: false }));
    expect(answer).toEqual({
      kind: 'staged',
      size: 3,
      identity: { dev: String(dev), ino: String(ino), size: Number(size), mtimeNs: String(mtimeNs) },
      hashes: { sha256: hashesOf(Buffer.from('abc')).sha256, sha1: null, md5: null },
      type: null,
    });
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('tells the type of the bytes when it is asked to', async () => {
    const source = join(tempFolder(), 'report.pdf');
    writeFileSync(source, Buffer.concat([Buffer.from([0x50, 0x4b, 0x05, 0x06]), Buffer.alloc(18)]));
    const answer = await stageFile(requestFor(source, { detectType: true }));
    expect(answer).toMatchObject({ kind: 'staged', type: { mime: 'application/zip', unknown: false } });
  });

  it.each([
    ['a newline', Buffer.from('a\nb')],
    ['a leading dash', Buffer.from('-rf')],
    ['a right-to-left override', Buffer.from('a\u202efdp.exe')],
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x80])],
    ['255 bytes', Buffer.alloc(255, 'x')],
  ])('takes a name with %s', async (_what, name) => {
    const source = Buffer.concat([Buffer.from(`${tempFolder()}/`), name]);
    writeFileSync(source, 'abc');
    const answer = await stageFile(requestFor(source));
    expect(answer).toMatchObject({ kind: 'staged', hashes: hashesOf(Buffer.from('abc')) });
  });
});

describe('stageFile refuses', () => {
  it('a symbolic link, whatever it points to', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'target'), 'abc');
    symlinkSync('target', join(folder, 'link'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    for (const name of ['link', 'dangling']) {
      expect(await stageFile(requestFor(join(folder, name)))).toMatchObject({
        kind: 'problem',
        problem: { reason: 'unsupported', detail: expect.stringContaining('symbolic link') },
      });
    }
  });

  it('another file than the one that was seen there, as behind a folder that was swapped for a link', async () => {
    const folder = tempFolder();
    const outside = tempFolder();
    const source = join(folder, 'sub/a');
    for (const place of [join(folder, 'sub'), outside]) {
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'a'), 'the same');
    }
    const expected = identityOf(statSync(source, { bigint: true }));
    expect(await stageFile(requestFor(source, { expected }))).toMatchObject({ kind: 'staged' });
    writeFileSync(source, 'written anew in place');
    expect(await stageFile(requestFor(source, { expected }))).toMatchObject({ kind: 'staged', size: 21 });
    renameSync(join(folder, 'sub'), join(folder, 'away'));
    symlinkSync(outside, join(folder, 'sub'));
    expect(await stageFile(requestFor(source, { expected }))).toMatchObject({
      kind: 'problem',
      problem: { reason: 'changed', detail: 'another file stands in its place' },
    });
  });

  it.runIf(process.platform === 'linux')('a file that is reached through a link on the way', async () => {
    const folder = tempFolder();
    for (const place of ['sub', 'outside']) mkdirSync(join(folder, place, 'deep'), { recursive: true });
    writeFileSync(join(folder, 'outside/deep/a'), 'not to be taken');
    const source = join(folder, 'sub/deep/a');
    renameSync(join(folder, 'sub'), join(folder, 'away'));
    symlinkSync('outside', join(folder, 'sub'));
    const problem = { reason: 'changed', detail: 'a folder on its way was swapped for a link' };
    expect(await stageFile(requestFor(source, { isReal: true }))).toEqual({ kind: 'problem', problem });
    expect(await stageFile(requestFor(source))).toMatchObject({ kind: 'staged' });
  });

  it('a FIFO nobody writes to, without waiting', async () => {
    const fifo = join(tempFolder(), 'fifo');
    execFileSync('mkfifo', [fifo]);
    const answer = await stageFile(requestFor(fifo));
    expect(answer).toMatchObject({ kind: 'problem', problem: { reason: 'unsupported' } });
  });

  it('a socket', async () => {
    const path = join(tempFolder(), 'socket');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    onTestFinished(() => void server.close());
    const answer = await stageFile(requestFor(path));
    expect(answer).toMatchObject({ kind: 'problem', problem: { reason: 'unsupported' } });
  });

  it.each(['/dev/null', '/dev/zero', '/'])('%s', async (path) => {
    const answer = await stageFile(requestFor(path));
    expect(answer).toMatchObject({ kind: 'problem', problem: { reason: 'unsupported' } });
  });

  it('a file that is gone, and one below a file', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'a'), '');
    for (const name of ['missing', 'a/b']) {
      const answer = await stageFile(requestFor(join(folder, name)));
      expect(answer).toMatchObject({ kind: 'problem', problem: { reason: 'unreadable' } });
    }
  });

  it('a file that it may not read', async () => {
    const folder = tempFolder();
    chmodSync(folder, 0o755);
    const source = join(folder, 'secret');
    writeFileSync(source, 'abc', { mode: 0o000 });
    const answer = await unprivileged(() => stageFile(requestFor(source)));
    const problem = { reason: 'unreadable', detail: expect.stringContaining('permission denied') };
    expect(answer).toMatchObject({ kind: 'problem', problem });
  });

  it('a path with a NUL byte, which no system call takes', async () => {
    const answer = await stageFile(requestFor('/tmp/a\0b'));
    expect(answer).toMatchObject({ kind: 'problem', problem: { reason: 'unreadable' } });
  });

  it('a file beyond the size limit, of which nothing is copied', async () => {
    const folder = tempFolder();
    const source = join(folder, 'a');
    const destination = join(folder, 'copy');
    writeFileSync(source, 'four');
    const problem = { reason: 'limit_exceeded', detail: expect.stringContaining('limits.fileBytes') };
    expect(await stageFile(requestFor(source, { destination, maxBytes: 3 }))).toEqual({ kind: 'problem', problem });
    expect(existsSync(destination)).toBe(false);
    expect(await stageFile(requestFor(source, { destination, maxBytes: 4 }))).toMatchObject({ kind: 'staged' });
  });

  it.runIf(existsSync('/proc/self/status'))('a file that holds other than it says', async () => {
    const destination = join(tempFolder(), 'copy');
    const answer = await stageFile(requestFor('/proc/self/status', { destination }));
    expect(answer).toMatchObject({ kind: 'problem', problem: { reason: 'changed' } });
    expect(existsSync(destination)).toBe(false);
  });
});

describe('stageFile blames itself, not the file,', () => {
  it('when the folder of the copy is missing', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'a'), 'abc');
    const destination = join(folder, 'missing', 'copy');
    const answer = await stageFile(requestFor(join(folder, 'a'), { destination }));
    expect(answer).toEqual({ kind: 'failed', message: expect.stringContaining(destination) });
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('when something stands in the place of the copy, which stays as it is', async () => {
    const folder = tempFolder();
    const destination = join(folder, 'copy');
    writeFileSync(join(folder, 'a'), 'abc');
    writeFileSync(destination, 'older');
    const answer = await stageFile(requestFor(join(folder, 'a'), { destination }));
    expect(answer).toMatchObject({ kind: 'failed' });
    expect(readFileSync(destination, 'utf8')).toBe('older');
  });

  it('when the place of the copy is a link, through which it never writes', async () => {
    const folder = tempFolder();
    const victim = join(folder, 'victim');
    mkdirSync(join(folder, 'staging'));
    writeFileSync(join(folder, 'a'), 'abc');
    symlinkSync(victim, join(folder, 'staging', 'copy'));
    const request = requestFor(join(folder, 'a'), { destination: join(folder, 'staging', 'copy') });
    expect(await stageFile(request)).toMatchObject({ kind: 'failed' });
    expect(existsSync(victim)).toBe(false);
  });
});
