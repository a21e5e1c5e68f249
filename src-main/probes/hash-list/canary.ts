import { createHash } from 'node:crypto';
import type { Canary } from '../probe';

/**
 * A harmless text whose SHA-256 is on the built-in deny list, and in the index of every list besides: the canary is
 * found only when each index really answers.
 */
const text = 'Dropgate canary of the hash-list probe: a harmless text that is on the built-in deny list.\n';

export const CANARY: Canary = { fileName: 'hash-list-canary.txt', bytes: Buffer.from(text) };
export const CANARY_SHA256 = createHash('sha256').update(text).digest('hex');
/** Line number of the built-in entry in an index; lines of a file count from 1. */
export const BUILT_IN_LINE = 0;
