import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutgoingItem } from '../../../src-main/sinks/sink';

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A signal that never aborts. */
export const never = new AbortController().signal;

/** A staged file in `folder` with these bytes, as a clean item on its way out. */
export function outgoing(
  folder: string,
  bytes: Buffer,
  change: { relativePath?: Uint8Array; submission?: string } = {},
): OutgoingItem {
  const path = join(folder, `staged-${randomUUID()}`);
  writeFileSync(path, bytes);
  return {
    path,
    submission: change.submission ?? randomUUID(),
    relativePath: change.relativePath ?? Buffer.from('docs/a.pdf'),
    size: bytes.length,
    hashes: { sha256: sha256(bytes), sha1: null, md5: null },
    verdict: 'clean',
    probes: ['clamav/1.4.6', 'yara/1.7.1'],
  };
}

/** Code of the DropgateError that `work` rejects with. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'resolved',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : `untyped: ${String(error)}`),
  );
}
