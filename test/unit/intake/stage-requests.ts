import { createHash } from 'node:crypto';
import type { Hashes } from '../../../src-main/contract/item';
import type { StageRequest } from '../../../src-main/intake/stage-protocol';

/** A request that copies and takes all hashes; `changes` make it another one. */
export function requestFor(source: string | Uint8Array, changes: Partial<StageRequest> = {}): StageRequest {
  return {
    id: 1,
    source: typeof source === 'string' ? Buffer.from(source) : source,
    expected: null,
    isReal: false,
    destination: null,
    maxBytes: 2 ** 40,
    allHashes: true,
    detectType: false,
    durable: false,
    ...changes,
  };
}

/** The hashes of `bytes` as Node computes them in one go. */
export function hashesOf(bytes: Uint8Array): Hashes {
  const sum = (name: string) => createHash(name).update(bytes).digest('hex');
  return { sha256: sum('sha256'), sha1: sum('sha1'), md5: sum('md5') };
}
