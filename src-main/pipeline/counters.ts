import type { Verdict } from '../contract/verdict';
import type { Ledger } from '../store/ledger';
import type { SubmissionCounts } from '../store/submissions';

type Counts = { -readonly [Key in keyof SubmissionCounts]: number };

/**
 * Counts of submissions that somebody looks at, kept up to date as items end, so that showing progress never counts
 * rows again. What moves back (retried, cancelled) makes its submission be counted anew.
 */
export class Counters {
  private readonly known = new Map<number, Counts>();
  private readonly ledger: Ledger;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  of(submissionId: number): SubmissionCounts {
    let counts = this.known.get(submissionId);
    if (counts === undefined) {
      counts = { ...this.ledger.submissions.counts(submissionId) };
      if (this.known.size > 100) this.known.clear();
      this.known.set(submissionId, counts);
    }
    return counts;
  }

  received(submissionId: number, files: number, skipped: number): void {
    const counts = this.known.get(submissionId);
    if (counts === undefined) return;
    counts.items += files + skipped;
    counts.settled += skipped;
    counts.skipped += skipped;
  }

  /** One root ended. */
  settled(submissionId: number, item: { readonly verdict: Verdict | null; readonly problem: string | null }): void {
    const counts = this.known.get(submissionId);
    if (counts === undefined) return;
    counts.settled += 1;
    if (item.verdict !== null) counts[item.verdict.kind] += 1;
    if (item.verdict?.kind === 'clean' && item.problem !== null) counts.failed += 1;
  }

  /** Bytes of one file that were taken. */
  taken(submissionId: number, bytes: number): void {
    const counts = this.known.get(submissionId);
    if (counts !== undefined) counts.bytes += bytes;
  }

  forget(submissionId: number): void {
    this.known.delete(submissionId);
  }
}
