import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { PARTIAL_PREFIX } from '../base/atomic-file';
import { type FileHandle, mkdir, open } from '../base/files';
import { BLOCK, tarHeader } from './tar';

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

const ZEROS = 128 * 1024;

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

/** A PDF with EICAR as an attached file (ISO 32000-1, 7.11.4): for scanners that leave out files that begin like one. */
export function pdfCanary(): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(eicar.com)3 0 R]>>>>>>',
    '<</Type/Pages/Kids[]/Count 0>>',
    '<</Type/Filespec/F(eicar.com)/UF(eicar.com)/EF<</F 4 0 R>>>>',
    `<</Type/EmbeddedFile/Length ${EICAR.length}>>stream\n${EICAR.toString('latin1')}\nendstream`,
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const count = objects.length + 1;
  const table = `xref\n0 ${count}\n0000000000 65535 f \n${places.join('')}`;
  return Buffer.from(
    `${text}${table}trailer\n<</Size ${count}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`,
    'latin1',
  );
}
