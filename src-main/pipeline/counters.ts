import type { Verdict } from '../contract/verdict';
import type { Ledger } from '../store/ledger';
import type { SubmissionCounts } from '../store/submissions';

interface Known {
  readonly counts: { -readonly [Key in keyof SubmissionCounts]: number };
  /** What ended up to this settledSeq was counted with the rows. */
  readonly through: number;
}

/** How a root ended. `settledSeq`: null where nobody read its row again. */
interface Ended {
  readonly verdict: Verdict | null;
  readonly problem: string | null;
  readonly settledSeq: number | null;
}

/**
 * Counts of submissions that somebody looks at, kept up to date as items end, so that showing progress never counts
 * rows again. What moves back (retried, cancelled) makes its submission be counted anew.
 */
export class Counters {
  private readonly known = new Map<number, Known>();
  private readonly ledger: Ledger;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  of(submissionId: number): SubmissionCounts {
    const known = this.known.get(submissionId);
    if (known !== undefined) return known.counts;
    const counts = { ...this.ledger.submissions.counts(submissionId) };
    if (this.known.size > 100) this.known.clear();
    this.known.set(submissionId, { counts, through: this.ledger.items.newestSettled(submissionId) });
    return counts;
  }

  received(submissionId: number, files: number, skipped: number): void {
    const counts = this.known.get(submissionId)?.counts;
    if (counts === undefined) return;
    counts.items += files + skipped;
    counts.settled += skipped;
    counts.skipped += skipped;
  }

  /** One root ended. */
  settled(submissionId: number, ended: Ended): void {
    const known = this.known.get(submissionId);
    if (known === undefined || (ended.settledSeq ?? Number.POSITIVE_INFINITY) <= known.through) return;
    const { counts } = known;
    counts.settled += 1;
    if (ended.verdict !== null) counts[ended.verdict.kind] += 1;
    if (ended.verdict?.kind === 'clean' && ended.problem !== null) counts.failed += 1;
  }

  /** Bytes of one file that were taken. */
  taken(submissionId: number, bytes: number): void {
    const known = this.known.get(submissionId);
    if (known !== undefined) known.counts.bytes += bytes;
  }

  forget(submissionId: number): void {
    this.known.delete(submissionId);
  }
}
