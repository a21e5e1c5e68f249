import type { JobOutcome } from '../contract/job-outcome';
import type { IntakeProblem } from '../contract/submission';
import type { Verdict } from '../contract/verdict';
import type { AnalystException } from './policy';

/** One probe's part in the verdict on one item. `probe` is the id under which the pipeline ran it. */
export interface VerdictJob {
  readonly probe: string;
  readonly title: string;
  readonly required: boolean;
  readonly outcome: JobOutcome | { readonly kind: 'pending' };
}

/** Members of an item that ended alike: with this kind, reason and rule. */
export interface MemberVerdict {
  readonly count: number;
  /** The first of them, for a sentence. */
  readonly displayName: string;
  readonly verdict: Verdict;
}

/** Everything a verdict depends on; nothing else is asked. */
export interface VerdictInput {
  /** Why the bytes could not be taken whole; null when they were. */
  readonly intake: IntakeProblem | null;
  readonly jobs: readonly VerdictJob[];
  readonly children: readonly MemberVerdict[];
  /**
   * Probe id -> how many members that probe saw whole, or called encrypted and was answered on by their own members.
   * Asked only about probes that call the item itself encrypted.
   */
  readonly membersSeen: ReadonlyMap<string, number>;
  /** Exceptions for this content that hold now: see policy.activeExceptions. */
  readonly exceptions: readonly AnalystException[];
  readonly gate: { readonly open: true } | { readonly open: false; readonly reason: string; readonly probe: string };
}

/** The codes of `verdict.rule`: part of the contract (reports, --json). Add, never rename. */
export type VerdictRule =
  | 'deny_list'
  | 'malicious_finding'
  | 'child_infected'
  | 'suspicious_finding'
  | 'child_suspicious'
  | 'intake_problem'
  | 'job_cancelled'
  | 'probe_missing'
  | 'probe_error'
  | 'probe_timeout'
  | 'contradictory_report'
  | 'required_coverage'
  | 'optional_coverage'
  | 'no_required_probe'
  | 'duplicate_job'
  | 'gate_closed'
  | 'engine_died'
  | 'child_unverified'
  | 'all_required_clean'
  | 'clean_by_opening'
  | 'clean_by_allow_list'
  | 'clean_by_exception';

/** A verdict whose rule is one of the known codes. */
export type Decided = Verdict & { readonly rule: VerdictRule };

/** Required jobs whose report covers the whole item: what `clean` rests on. */
export function proofsOf(jobs: readonly VerdictJob[]): VerdictJob[] {
  return jobs.filter(
    ({ required, outcome }) => required && outcome.kind === 'report' && outcome.report.coverage.kind === 'complete',
  );
}

/** How many members were unpacked from the item. */
export function memberCount(children: readonly MemberVerdict[]): number {
  return children.reduce((sum, { count }) => sum + count, 0);
}
