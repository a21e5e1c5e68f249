import { assertNever } from '../base/assert-never';
import { DropgateError } from '../base/errors';
import type { ErrorCode } from '../contract/error-codes';
import type { IntakeProblem } from '../contract/submission';
import type { UnverifiedReason } from '../contract/verdict';
import { isAnsweredByMembers } from './opened';
import { type Decided, proofsOf, type VerdictInput, type VerdictJob, type VerdictRule } from './verdict-input';
import { sentences } from './verdict-sentences';

interface Cause {
  readonly reason: UnverifiedReason;
  readonly rule: VerdictRule;
  readonly sentence: string;
}

/**
 * Which of several reasons is told, first to last. A cause that goes away by itself comes first: once it is gone the
 * item is looked at again and the lasting reason, or an infection, shows. A lasting one told first would hide that a
 * probe has still to look.
 */
const RANK: readonly UnverifiedReason[] = [
  'cancelled',
  'probe_missing',
  'probe_error',
  'timeout',
  'encrypted',
  'limit_exceeded',
  'unsupported',
  'partial',
  'changed',
  'unreadable',
];

/** What stands between the item and `clean`, as a verdict; null when nothing does. Findings are not its matter. */
export function unverifiedVerdict(input: VerdictInput): Decided | null {
  const causes = [...ownCauses(input), ...childCauses(input)];
  if (input.intake !== null) causes.unshift(intakeCause(input.intake));
  const isIntake = (cause: Cause) => cause.rule === 'intake_problem';
  const order = (cause: Cause) => (isIntake(cause) ? -1 : RANK.indexOf(cause.reason));
  const [worst] = causes.sort((one, other) => order(one) - order(other));
  return worst === undefined ? null : { kind: 'unverified', ...worst };
}

export const ENGINE_DIED = 'engine_died' satisfies VerdictRule;

/** On a file with which alone the engine died `times` times: nothing is asked about it again without a person. */
export function engineDied(times: number): Decided {
  return { kind: 'unverified', reason: 'probe_error', rule: ENGINE_DIED, sentence: sentences.engineDied(times) };
}

const intakeCause = ({ reason, detail }: IntakeProblem): Cause => ({
  reason,
  rule: 'intake_problem',
  sentence: sentences.notTaken(detail),
});

function ownCauses(input: VerdictInput): Cause[] {
  const ordered = [...input.jobs].sort((one, other) => Number(other.required) - Number(one.required));
  const jobCauses = ordered.flatMap((job) => (isAnsweredByMembers(job, input) ? [] : (jobCause(job) ?? [])));
  return [...(jobCauses.length > 0 ? jobCauses : proofCauses(input)), ...gateCauses(input)];
}

/** What one job lacks of the proof; null when it lacks nothing. */
function jobCause(job: VerdictJob): Cause | null {
  const { outcome, title, required } = job;
  switch (outcome.kind) {
    case 'report': {
      const { statement, findings, coverage } = outcome.report;
      if ((statement === 'found') !== findings.length > 0) {
        return { reason: 'probe_error', rule: 'contradictory_report', sentence: sentences.contradictory(title) };
      }
      if (coverage.kind === 'complete') return null;
      const code = required ? 'required_coverage' : 'optional_coverage';
      return { reason: coverage.reason, rule: code, sentence: sentences.incomplete(title, coverage.detail) };
    }
    case 'error':
      return errorCause(title, outcome.code, outcome.message);
    case 'skipped':
      if (outcome.reason === 'cancelled') {
        return { reason: 'cancelled', rule: 'job_cancelled', sentence: sentences.cancelled(title) };
      }
      if (outcome.reason === 'type_not_accepted' || !required) return null;
      if (outcome.reason === 'type_unsupported') {
        const sentence = sentences.incomplete(title, `nothing is defined for ${outcome.detail}`);
        return { reason: 'unsupported', rule: 'required_coverage', sentence };
      }
      return { reason: 'probe_missing', rule: 'probe_missing', sentence: sentences.missing(title, outcome.detail) };
    case 'pending':
      throw new DropgateError('INTERNAL', `${job.probe} is pending`);
    default:
      return assertNever(outcome);
  }
}

function errorCause(title: string, code: ErrorCode, message: string): Cause {
  if (code === 'PROBE_TIMEOUT') {
    return { reason: 'timeout', rule: 'probe_timeout', sentence: sentences.late(title) };
  }
  if (code === 'PROBE_UNAVAILABLE') {
    return { reason: 'probe_missing', rule: 'probe_missing', sentence: sentences.missing(title, message) };
  }
  if (code === 'CANCELLED') {
    return { reason: 'cancelled', rule: 'job_cancelled', sentence: sentences.cancelled(title) };
  }
  const reason = code === 'PROBE_LIMIT' ? 'limit_exceeded' : 'probe_error';
  return { reason, rule: 'probe_error', sentence: sentences.failed(title, message) };
}

/** `unsupported` where required probes stood ready and none is made for the type; else none was there at all. */
function proofCauses(input: VerdictInput): Cause[] {
  const probes = input.jobs.map(({ probe }) => probe);
  const twice = probes.find((probe, index) => probes.indexOf(probe) !== index);
  if (twice !== undefined) {
    return [{ reason: 'probe_missing', rule: 'duplicate_job', sentence: sentences.twice(twice) }];
  }
  const required = input.jobs.filter((job) => job.required);
  if (required.length === 0) {
    return [{ reason: 'probe_missing', rule: 'no_required_probe', sentence: sentences.noRequired() }];
  }
  if (proofsOf(input.jobs).length > 0) return [];
  return [{ reason: 'unsupported', rule: 'no_required_probe', sentence: sentences.notForAny() }];
}

function gateCauses({ gate, jobs }: VerdictInput): Cause[] {
  if (gate.open) return [];
  const title = jobs.find(({ probe }) => probe === gate.probe)?.title ?? gate.probe;
  return [{ reason: 'probe_missing', rule: 'gate_closed', sentence: sentences.gateClosed(title, gate.reason) }];
}

function childCauses(input: VerdictInput): Cause[] {
  return input.children.flatMap(({ displayName, verdict }): Cause[] => {
    if (verdict.kind !== 'unverified') return [];
    const sentence = sentences.member(displayName, 'not proven clean', verdict.sentence);
    return [{ reason: verdict.reason, rule: 'child_unverified', sentence }];
  });
}
