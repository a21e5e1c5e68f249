import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, statfsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryPath } from '../../../src-main/base/entries';
import { stageFile } from '../../../src-main/intake/stage-file';
import { suiteFolder } from '../../support/suite-folder';
import { hashesOf, requestFor } from './stage-requests';

const MIB = 1024 * 1024;
const FILE_BYTES = 64 * MIB;

/** Mounting takes root, mkfs.xfs and a kernel that lets us: where one is missing nothing here can be shown. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && hasXfs();

const NOBODY = { uid: 65_534, gid: 65_534 };

/** The answer of an intake thread to one request, in a process of a user who is bound by permissions. */
function stagedByNobody(source: string, destination: string): unknown {
  const script = `const thread = new (require('node:worker_threads').Worker)(process.argv[1]);
    thread.on('message', (replies) => { console.log(JSON.stringify(replies[0])); process.exit(); });
    thread.postMessage([JSON.parse(process.argv[2])]);`;
  const request = JSON.stringify({ ...requestFor(''), source, destination, durable: true });
  const run = ['-e', script, entryPath('intake-worker'), request];
  return JSON.parse(execFileSync(process.execPath, run, { ...NOBODY, cwd: '/', encoding: 'utf8' }));
}

function hasXfs(): boolean {
  return spawnSync('mkfs.xfs', ['-V']).status === 0 && /\bxfs\b/.test(readFileSync('/proc/filesystems', 'utf8'));
}

describe.skipIf(!canMount)('staging on a file system with reflinks [needs root and xfsprogs]', () => {
  const folder = suiteFolder();
  const mounted = join(folder, 'mounted');

  beforeAll(() => {
    const image = join(folder, 'image');
    mkdirSync(mounted);
    writeFileSync(image, '');
    truncateSync(image, 512 * MIB);
    execFileSync('mkfs.xfs', ['-q', '-m', 'reflink=1', image]);
    execFileSync('mount', ['-o', 'loop', image, mounted]);
  });

  afterAll(() => {
    execFileSync('umount', [mounted]);
  });

  const usedBytes = () => {
    execFileSync('sync', ['-f', mounted]);
    const { blocks, bfree, bsize } = statfsSync(mounted);
    return (blocks - bfree) * bsize;
  };

  it('shares the bytes of a large file instead of copying them, with its own name, mode and hashes', async () => {
    const source = join(mounted, 'large');
    const destination = join(mounted, 'copy');
    const bytes = randomBytes(FILE_BYTES);
    writeFileSync(source, bytes, { mode: 0o600 });
    const before = usedBytes();
    const answer = await stageFile(requestFor(source, { destination, durable: true, allHashes: true }));
    expect(answer).toMatchObject({ kind: 'staged', size: FILE_BYTES, hashes: hashesOf(bytes) });
    expect(usedBytes() - before).toBeLessThan(FILE_BYTES / 8);
    expect(statSync(destination).mode & 0o777).toBe(0o640);
    writeFileSync(source, 'changed afterwards');
    expect(readFileSync(destination).equals(bytes)).toBe(true);
  });

  it('copies from another file system, and goes on to share on this one', async () => {
    const elsewhere = join(folder, 'elsewhere');
    const bytes = randomBytes(2 * MIB);
    writeFileSync(elsewhere, bytes);
    const copied = await stageFile(requestFor(elsewhere, { destination: join(mounted, 'copied'), durable: true }));
    expect(copied).toMatchObject({ kind: 'staged', size: bytes.length });
    expect(readFileSync(join(mounted, 'copied')).equals(bytes)).toBe(true);
    const source = join(mounted, 'another');
    writeFileSync(source, randomBytes(FILE_BYTES));
    const before = usedBytes();
    await stageFile(requestFor(source, { destination: join(mounted, 'another-copy'), durable: true }));
    expect(usedBytes() - before).toBeLessThan(FILE_BYTES / 8);
  });

  it('takes what everybody but its owner may read, as where nothing is shared', () => {
    const place = join(mounted, 'open');
    mkdirSync(place);
    for (const open of [folder, mounted, place]) chmodSync(open, 0o777);
    const source = join(place, 'source');
    writeFileSync(source, randomBytes(2 * MIB));
    chmodSync(source, 0o004);
    const destination = join(place, 'copy');
    expect(stagedByNobody(source, destination)).toMatchObject({ answer: { kind: 'staged', size: 2 * MIB } });
    expect(statSync(destination).mode & 0o777).toBe(0o640);
  });
});
