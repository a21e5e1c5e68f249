import { expect, it } from 'vitest';
import type { JobOutcome } from '../../../src-main/contract/job-outcome';
import type { Unpacked } from '../../../src-main/contract/probe-report';
import { decideVerdict } from '../../../src-main/pipeline/verdict';
import type { MemberVerdict, VerdictInput, VerdictJob } from '../../../src-main/pipeline/verdict-input';
import { child, closed, ENCRYPTED, failure, finding, job, lostChild, report } from './verdict-fixtures';

/** ClamAV's alert about an encrypted archive, as its probe tells it. */
const alert = report([finding('info', 'Heuristics.Encrypted.Zip', 'encrypted')], ENCRYPTED);

function opening(unpacked: Unpacked | undefined, coverage?: typeof ENCRYPTED): JobOutcome {
  const outcome = report([], coverage);
  if (outcome.kind !== 'report' || unpacked === undefined) return outcome;
  return { ...outcome, report: { ...outcome.report, unpacked } };
}

const BOTH: Unpacked = { members: 2, decrypted: 2 };
const opened = opening(BOTH);
const clean = child('clean');
const two: MemberVerdict = { ...clean, count: 2 };
const inner: MemberVerdict = { ...clean, verdict: { kind: 'clean', rule: 'clean_by_opening', sentence: 'It is.' } };
const seen = (members: number, probe = 'clamav') => new Map([[probe, members]]);

function brief(jobs: VerdictJob[], more: Partial<VerdictInput>): string {
  const input = { intake: null, children: [two], membersSeen: seen(2), exceptions: [], gate: { open: true } } as const;
  const verdict = decideVerdict({ ...input, jobs, ...more });
  return `${verdict.kind === 'unverified' ? verdict.reason : verdict.kind} ${verdict.rule}`;
}

const usual = [job('clamav', alert), job('archive', opened), job('yara')];
const plain = opening({ members: 2, decrypted: 0 });
const held = 'encrypted required_coverage';

it.each<[string, VerdictJob[], Partial<VerdictInput>, string]>([
  ['all members opened and seen', usual, {}, 'clean clean_by_opening'],
  [
    'an encrypted archive in a plain one',
    [job('clamav', alert), job('archive', plain)],
    { children: [inner, clean] },
    'clean clean_by_opening',
  ],
  ['nothing was encrypted as far as was unpacked', [job('clamav', alert), job('archive', plain)], {}, held],
  ['an unpacker that does not say so', [job('clamav', alert), job('archive')], {}, held],
  ['one member less than was unpacked', usual, { children: [clean] }, held],
  ['one member more than was unpacked', usual, { children: [two, clean], membersSeen: seen(3) }, held],
  ['a member that ClamAV has not seen', usual, { membersSeen: seen(1) }, held],
  ['members that nobody has asked about', usual, { membersSeen: new Map() }, held],
  ['members that another probe has seen', usual, { membersSeen: seen(2, 'yara') }, held],
  ['no members', [job('clamav', alert), job('archive', opened)], { children: [], membersSeen: seen(0) }, held],
  ['an unpacker that is not required', [job('clamav', alert), job('archive', opened, false)], {}, held],
  [
    'an optional probe that says encrypted',
    [job('clamav', alert, false), job('archive', opened)],
    {},
    'encrypted optional_coverage',
  ],
  ['a member left closed', [job('clamav', alert), job('archive', opening(BOTH, ENCRYPTED))], {}, held],
  ['only its own word', [job('clamav', opening(BOTH, ENCRYPTED)), job('yara')], {}, held],
  [
    'an unpacker that saw a part',
    [job('archive', opening(BOTH, { kind: 'incomplete', reason: 'partial', detail: 'x' })), job('clamav', alert)],
    {},
    held,
  ],
  ['an unpacker that failed', [job('clamav', alert), job('archive', failure('PROBE_LIMIT'))], {}, held],
  ['a member that is not proven', usual, { children: [clean, lostChild] }, held],
  ['an infected member', usual, { children: [clean, child('infected')] }, 'infected child_infected'],
  ['a suspicious member', usual, { children: [clean, child('suspicious')] }, 'suspicious child_suspicious'],
  [
    'another shortcoming than encryption',
    [...usual, job('icap', report([], { kind: 'incomplete', reason: 'partial', detail: 'x' }))],
    {},
    'partial required_coverage',
  ],
  ['a closed gate', usual, { gate: closed }, 'probe_missing gate_closed'],
  ['a changed file', usual, { intake: { reason: 'changed', detail: 'it changed' } }, 'changed intake_problem'],
])('an archive that ClamAV calls encrypted: %s', (_name, jobs, more, expected) => {
  expect(brief(jobs, more)).toBe(expected);
});
