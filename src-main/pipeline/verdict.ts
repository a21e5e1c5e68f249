import { DropgateError } from '../base/errors';
import type { Finding } from '../contract/finding';
import type { IntakeProblem } from '../contract/submission';
import { isAnsweredByMembers, OPENED } from './opened';
import { type AnalystException, exceptionFor } from './policy';
import { unverifiedVerdict } from './unverified';
import {
  type Decided,
  memberCount,
  proofsOf,
  type VerdictInput,
  type VerdictJob,
  type VerdictRule,
} from './verdict-input';
import { sentences } from './verdict-sentences';

/** A finding with the job it came from; `silenced` says why it has no effect. */
interface Weighed {
  readonly job: VerdictJob;
  readonly finding: Finding;
  readonly silenced: AnalystException | 'allow_list' | null;
}

/** Lists are a matter of this one probe: no other can deny or allow by using its words. */
const LIST_PROBE = 'hash-list';

/**
 * The verdict on one item, from the ends of all its jobs and the verdicts on its members. The first that applies:
 *
 * 1. `infected`: a deny list; a malicious finding that no exception covers; an infected member.
 * 2. `suspicious`: a suspicious finding that neither an exception nor an allow list covers; a suspicious member. This
 *    goes before `unverified`: neither is forwarded, and quarantine is the safer of the two places (defanged, and never
 *    retried without a person).
 * 3. `unverified`: anything is missing of the proof. Required probes must have looked at the whole file (or not be made
 *    for its type, as long as one is). A probe that is not required may be absent or not made for the type; but if it
 *    failed on the file, or says that a part of it was not seen, that counts as much as from a required one: a file
 *    that scanners trip over is not a proven one. A probe that only says "encrypted" of an archive is answered where
 *    a known password opened all of it and that probe saw every member (opened.ts).
 * 4. `clean`: intake whole, every required probe complete and silent, members clean, gate open.
 *
 * Throws INTERNAL when a job is still pending: deciding then is a mistake in Dropgate.
 */
export function decideVerdict(input: VerdictInput): Decided {
  for (const { probe, outcome } of input.jobs) {
    if (outcome.kind === 'pending')
      throw new DropgateError('INTERNAL', `a verdict was asked for while ${probe} is pending`);
  }
  const weighed = weigh(input);
  return infected(input, weighed) ?? suspicious(input, weighed) ?? unverifiedVerdict(input) ?? clean(input, weighed);
}

/** The verdict on an item whose bytes could not be taken: no probe has seen any of it. */
export function decideUntaken(intake: IntakeProblem): Decided {
  const nothing = { jobs: [], children: [], membersSeen: new Map(), exceptions: [], gate: { open: true } } as const;
  return decideVerdict({ intake, ...nothing });
}

function weigh(input: VerdictInput): Weighed[] {
  const found = input.jobs.flatMap((job) =>
    job.outcome.kind === 'report' ? job.outcome.report.findings.map((finding) => ({ job, finding })) : [],
  );
  const allowed = found.some(({ job, finding }) => isAllowed(job, finding));
  return found.map(({ job, finding }) => ({ job, finding, silenced: silencer(input, job, finding, allowed) }));
}

const isDenied = (job: VerdictJob, finding: Finding) => job.probe === LIST_PROBE && finding.category === 'hash';
const isAllowed = (job: VerdictJob, finding: Finding) =>
  job.probe === LIST_PROBE && finding.category === 'allow' && finding.severity === 'info';

function silencer(input: VerdictInput, job: VerdictJob, finding: Finding, allowed: boolean): Weighed['silenced'] {
  if (isDenied(job, finding) || finding.severity === 'info') return null;
  const exception = exceptionFor(input.exceptions, job.probe);
  if (exception !== null) return exception;
  return allowed && finding.severity === 'suspicious' ? 'allow_list' : null;
}

/** The findings of the first probe that has any that `wanted` names; null when there are none. */
function firstFindings(
  weighed: readonly Weighed[],
  wanted: (entry: Weighed) => boolean,
): { title: string; findings: Finding[] } | null {
  if (weighed.length === 0) return null;
  const matching = weighed.filter((entry) => entry.silenced === null && wanted(entry));
  const first = matching[0];
  if (first === undefined) return null;
  const findings = matching.filter(({ job }) => job === first.job).map(({ finding }) => finding);
  return { title: first.job.title, findings };
}

function infected(input: VerdictInput, weighed: readonly Weighed[]): Decided | null {
  const denied = firstFindings(weighed, ({ job, finding }) => isDenied(job, finding));
  if (denied !== null) {
    return { kind: 'infected', rule: 'deny_list', sentence: sentences.denied(denied.title, denied.findings) };
  }
  const hit = firstFindings(weighed, ({ finding }) => finding.severity === 'malicious');
  if (hit !== null) {
    return {
      kind: 'infected',
      rule: 'malicious_finding',
      sentence: sentences.malicious(hit.title, hit.findings),
    };
  }
  return fromChild(input, 'infected', 'child_infected');
}

function suspicious(input: VerdictInput, weighed: readonly Weighed[]): Decided | null {
  const hit = firstFindings(weighed, ({ finding }) => finding.severity === 'suspicious');
  if (hit !== null) {
    const sentence = sentences.suspicious(hit.title, hit.findings);
    return { kind: 'suspicious', rule: 'suspicious_finding', sentence };
  }
  return fromChild(input, 'suspicious', 'child_suspicious');
}

function fromChild(input: VerdictInput, kind: 'infected' | 'suspicious', code: VerdictRule): Decided | null {
  const child = input.children.find(({ verdict }) => verdict.kind === kind);
  if (child === undefined) return null;
  return { kind, rule: code, sentence: sentences.member(child.displayName, kind, child.verdict.sentence) };
}

function clean(input: VerdictInput, weighed: readonly Weighed[]): Decided {
  const silenced = weighed.map((entry) => entry.silenced).filter((by) => by !== null);
  const exception = silenced.find((by) => by !== 'allow_list');
  const say = (found: string) => {
    const titles = proofsOf(input.jobs).map(({ title }) => title);
    const required = input.jobs.filter((job) => job.required).length;
    return sentences.clean(titles, required, memberCount(input.children), found);
  };
  const answered = input.jobs.find((job) => isAnsweredByMembers(job, input));
  if (answered !== undefined) {
    return { kind: 'clean', rule: OPENED, sentence: sentences.opened(answered.title, memberCount(input.children)) };
  }
  if (exception !== undefined) {
    const sentence = say(sentences.onlyExcepted(exception.reason));
    return { kind: 'clean', rule: 'clean_by_exception', sentence };
  }
  if (silenced.length > 0) {
    return { kind: 'clean', rule: 'clean_by_allow_list', sentence: say(sentences.onlyAllowed()) };
  }
  const found = weighed.length > 0 ? sentences.onlyNotes() : sentences.nothing();
  return { kind: 'clean', rule: 'all_required_clean', sentence: say(found) };
}
