import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARTIAL_PREFIX } from '../../src-main/base/atomic-file';
import { filesBelow } from './ledger-view';

/** What the files say that have arrived in a folder destination; those that are just being made have not. */
export function textsArrived(outbox: string): string[] {
  return filesBelow(outbox)
    .filter((name) => !name.startsWith(PARTIAL_PREFIX))
    .map((name) => readFileSync(join(outbox, name), 'utf8'));
}
