import { z } from 'zod';
import { DAY_MS } from '../contract/durations';
import { parseNullableColumn } from '../store/json-column';
import type { Ledger } from '../store/ledger';

const KEY = 'restored';
/** So long people are told of it. */
const TOLD_MS = 7 * DAY_MS;

const restorationSchema = z.object({
  /** Ms since 1970. */
  at: z.number(),
  why: z.string(),
  /** When the backup was made that took the ledger's place; null when it is the ledger itself, without its newest changes. */
  backupAt: z.number().nullable(),
  /** Where the damaged ledger is now. */
  aside: z.string().nullable(),
  /** Staged files that it did not know, and that are scanned again; null until staging has been read again. */
  recovered: z.number().nullable(),
  /** Held and quarantined files that it does not know. */
  unnamed: z.number().nullable(),
});
/** That the ledger is not the one that last worked with this data folder, but an older one. */
export type Restoration = z.infer<typeof restorationSchema>;

/** Inside a commit. */
export function rememberRestoration(ledger: Ledger, restoration: Restoration): void {
  ledger.meta.set(KEY, JSON.stringify(restoration));
}

/** The newest one, however long ago; null when there was none. */
export function restorationOf(ledger: Ledger): Restoration | null {
  return parseNullableColumn(restorationSchema, ledger.meta.get(KEY), 'meta.value');
}

/** What people are told of it; null when there is nothing to tell (any more). */
export function restorationNotice(ledger: Ledger, now: number): string | null {
  const restoration = restorationOf(ledger);
  if (restoration === null || now - restoration.at > TOLD_MS) return null;
  const { backupAt, recovered, unnamed, at } = restoration;
  const time = new Date(at).toISOString();
  if (backupAt === null) {
    return `the newest changes of the ledger were lost before ${time}: ${recovered ?? 0} staged files are scanned again, ${unnamed ?? 0} held or quarantined files are in no list`;
  }
  const backup = new Date(backupAt).toISOString();
  return `the ledger was damaged, and its backup of ${backup} took its place at ${time}: ${recovered ?? 0} staged files are scanned again, ${unnamed ?? 0} held or quarantined files are in no list`;
}
