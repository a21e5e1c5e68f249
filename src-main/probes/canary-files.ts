import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { PARTIAL_PREFIX } from '../base/atomic-file';
import { type FileHandle, mkdir, open } from '../base/files';

/** The EICAR test file (eicar.org): harmless, found by every ClamAV. In pieces, so that this source is none itself. */
export const EICAR = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join(''),
);

/** Readable as staged files are, and named so that the next start removes what a crash leaves. */
export async function createCanaryFile(dir: string): Promise<{ path: string; handle: FileHandle }> {
  await mkdir(dir, { recursive: true, mode: 0o750 });
  const path = join(dir, `${PARTIAL_PREFIX}${randomBytes(8).toString('hex')}`);
  return { path, handle: await open(path, 'wx', 0o640) };
}

const BLOCK = 512;
const ZEROS = 128 * 1024;

/** A header block of a tar archive (POSIX.1-2001, ustar). */
function tarHeader(name: string, size: number, type: 'g' | '0'): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Deeper than any ClamAV unpacks: its MaxRecursion is at most 100 (man clamd.conf). */
const NESTED = 101;

/** A tar archive in another, and so on: a ClamAV that tells of its limits alerts on it, any other says OK. */
export function nestedCanary(): Buffer {
  let bytes = Buffer.from('end');
  for (let depth = 0; depth < NESTED; depth += 1) {
    const padding = Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
    bytes = Buffer.concat([tarHeader('inner', bytes.length, '0'), bytes, padding]);
  }
  return bytes;
}

/** Of a tar archive of `size` bytes (at least 4 KiB): a header, `filling` zeros, EICAR as the last member; zeros end it. */
function paddedCanary(size: number, fillWith: 'member' | 'header'): { head: Buffer; filling: number; tail: Buffer } {
  const filling = Math.floor((size - 3 * BLOCK) / BLOCK) * BLOCK;
  const head = tarHeader('filling', filling, fillWith === 'header' ? 'g' : '0');
  return { head, filling, tail: Buffer.concat([tarHeader('eicar.com', EICAR.length, '0'), EICAR]) };
}

/**
 * Makes `handle` a tar archive of exactly `size` bytes (at least 4 KiB) with EICAR at its end, almost all of it a hole.
 * The filling is a global extended header, which ClamAV passes over instead of scanning it: so it is found exactly when
 * a file of this size is read to its end, by signatures for any place and by those for the start of a file alike.
 */
export async function writePaddedCanary(handle: FileHandle, size: number): Promise<void> {
  const { head, filling, tail } = paddedCanary(size, 'header');
  await handle.write(head, 0, head.length, 0);
  await handle.write(tail, 0, tail.length, BLOCK + filling);
  await handle.truncate(size);
}

/** The same in pieces, for any scanner: its filling is a member like any other, which all of them pass over rightly. */
export function* paddedCanaryPieces(size: number): Generator<Buffer> {
  const { head, filling, tail } = paddedCanary(size, 'member');
  yield head;
  yield* zeros(filling);
  yield tail;
  yield* zeros(size - head.length - filling - tail.length);
}

function* zeros(count: number): Generator<Buffer> {
  const most = Buffer.alloc(Math.min(count, ZEROS));
  for (let left = count; left > 0; left -= most.length) yield most.subarray(0, left);
}
