import { describe, expect, it } from 'vitest';
import type { JobOutcome } from '../../../src-main/contract/job-outcome';
import { UNVERIFIED_REASONS, type Verdict, verdictSchema } from '../../../src-main/contract/verdict';
import { decideVerdict } from '../../../src-main/pipeline/verdict';
import type { VerdictInput, VerdictJob } from '../../../src-main/pipeline/verdict-input';
import {
  allowed,
  COMPLETE,
  child,
  closed,
  denied,
  ENCRYPTED,
  evil,
  excepted,
  failure,
  finding,
  job,
  lostChild,
  note,
  odd,
  report,
  skipped,
} from './verdict-fixtures';

function decide(jobs: VerdictJob[], more: Partial<VerdictInput> = {}): Verdict {
  const nothing = { intake: null, children: [], membersSeen: new Map(), exceptions: [], gate: { open: true } } as const;
  const verdict = decideVerdict({ ...nothing, jobs, ...more });
  expect(verdictSchema.safeParse(verdict).success).toBe(true);
  expect(verdict.sentence).toMatch(/^[^\n]+\.$/);
  return verdict;
}
const brief = (verdict: Verdict) =>
  [verdict.kind, verdict.kind === 'unverified' ? verdict.reason : '', verdict.rule]
    .filter((part) => part !== '')
    .join(' ');

describe('decideVerdict on the ends of jobs', () => {
  const table: [string, VerdictJob[], string][] = [
    ['one complete required probe', [job('yara')], 'clean all_required_clean'],
    ['only a note', [job('yara', note)], 'clean all_required_clean'],
    ['a malicious finding', [job('clamav'), job('yara', evil)], 'infected malicious_finding'],
    [
      'a malicious finding of an optional probe',
      [job('clamav'), job('yara', evil, false)],
      'infected malicious_finding',
    ],
    ['a suspicious finding', [job('clamav'), job('yara', odd)], 'suspicious suspicious_finding'],
    ['malicious beside suspicious', [job('clamav', odd), job('yara', evil)], 'infected malicious_finding'],
    [
      'malicious beside an error',
      [job('clamav', failure('PROBE_FAILED')), job('yara', evil)],
      'infected malicious_finding',
    ],
    [
      'suspicious beside an error',
      [job('clamav', failure('PROBE_FAILED')), job('yara', odd)],
      'suspicious suspicious_finding',
    ],
    [
      'a finding in a half-seen file',
      [job('yara', report([finding('malicious', 'Evil')], ENCRYPTED))],
      'infected malicious_finding',
    ],
    ['no job at all', [], 'unverified probe_missing no_required_probe'],
    ['optional probes alone', [job('yara', report(), false)], 'unverified probe_missing no_required_probe'],
    ['one probe twice', [job('yara'), job('yara')], 'unverified probe_missing duplicate_job'],
    [
      'a required probe that is away',
      [job('yara'), job('clamav', skipped('probe_missing'))],
      'unverified probe_missing probe_missing',
    ],
    [
      'an optional probe that is away',
      [job('yara'), job('clamav', skipped('probe_missing'), false)],
      'clean all_required_clean',
    ],
    [
      'a required probe not made for the type',
      [job('yara'), job('archive', skipped('type_not_accepted'))],
      'clean all_required_clean',
    ],
    [
      'a required probe that has nothing for the type, and should have',
      [job('yara'), job('command', skipped('type_unsupported'))],
      'unverified unsupported required_coverage',
    ],
    [
      'an optional probe that has nothing for the type, and should have',
      [job('yara'), job('command', skipped('type_unsupported'), false)],
      'clean all_required_clean',
    ],
    [
      'no required probe made for the type',
      [job('archive', skipped('type_not_accepted'))],
      'unverified unsupported no_required_probe',
    ],
    [
      'no required probe for the type, an optional one is',
      [job('archive', skipped('type_not_accepted')), job('yara', report(), false)],
      'unverified unsupported no_required_probe',
    ],
    ['a cancelled job', [job('yara', skipped('cancelled'))], 'unverified cancelled job_cancelled'],
    [
      'a cancelled optional job',
      [job('yara'), job('clamav', skipped('cancelled'), false)],
      'unverified cancelled job_cancelled',
    ],
    ['a failed probe', [job('yara', failure('PROBE_FAILED'))], 'unverified probe_error probe_error'],
    ['a dead probe', [job('yara', failure('PROBE_DIED'))], 'unverified probe_error probe_error'],
    ['a garbled answer', [job('yara', failure('PROBE_BAD_REPLY'))], 'unverified probe_error probe_error'],
    ['a late probe', [job('yara', failure('PROBE_TIMEOUT'))], 'unverified timeout probe_timeout'],
    ['a probe at its limit', [job('yara', failure('PROBE_LIMIT'))], 'unverified limit_exceeded probe_error'],
    ['an unreachable probe', [job('yara', failure('PROBE_UNAVAILABLE'))], 'unverified probe_missing probe_missing'],
    [
      'an optional probe that failed on the file',
      [job('clamav'), job('yara', failure('PROBE_DIED'), false)],
      'unverified probe_error probe_error',
    ],
    ['encrypted', [job('yara'), job('archive', report([], ENCRYPTED))], 'unverified encrypted required_coverage'],
    [
      'encrypted, says an optional probe',
      [job('yara'), job('archive', report([], ENCRYPTED), false)],
      'unverified encrypted optional_coverage',
    ],
    [
      'only half seen by its only probe',
      [job('yara', report([], { kind: 'incomplete', reason: 'partial', detail: 'x' }))],
      'unverified partial required_coverage',
    ],
    [
      'encrypted while a probe is away: that probe has still to look',
      [job('archive', report([], ENCRYPTED)), job('clamav', skipped('probe_missing'))],
      'unverified probe_missing probe_missing',
    ],
    ['a deny list', [job('yara'), job('hash-list', denied)], 'infected deny_list'],
    [
      'deny and allow at once',
      [job('hash-list', report([finding('info', 'g', 'allow'), finding('malicious', 'b', 'hash')]))],
      'infected deny_list',
    ],
    ['suspicious, but on an allow list', [job('yara', odd), job('hash-list', allowed)], 'clean clean_by_allow_list'],
    [
      'malicious, though on an allow list',
      [job('yara', evil), job('hash-list', allowed)],
      'infected malicious_finding',
    ],
    [
      'encrypted, though on an allow list',
      [job('yara', report([], ENCRYPTED)), job('hash-list', allowed)],
      'unverified encrypted required_coverage',
    ],
    [
      'the word allow from another probe',
      [job('yara', report([finding('suspicious', 'Odd'), finding('info', 'x', 'allow')]))],
      'suspicious suspicious_finding',
    ],
    [
      'the word hash from another probe',
      [job('yara', report([finding('info', 'x', 'hash')]))],
      'clean all_required_clean',
    ],
  ];
  it.each(table)('%s', (_title, jobs, expected) => {
    expect(brief(decide(jobs))).toBe(expected);
  });

  it('does not believe a report whose statement and findings disagree', () => {
    const report = {
      statement: 'found',
      findings: [],
      coverage: COMPLETE,
      engineVersion: '1',
      databaseVersion: null,
    } as const;
    const outcome: JobOutcome = { kind: 'report', report: { ...report, findings: [] } };
    expect(brief(decide([job('yara', outcome)]))).toBe('unverified probe_error contradictory_report');
  });

  it('throws for a job that is still pending', () => {
    expect(() => decide([job('yara'), job('clamav', { kind: 'pending' })])).toThrow(/clamav is pending/);
  });
});

describe('decideVerdict on what lies around the jobs', () => {
  const table: [string, VerdictJob[], Partial<VerdictInput>, string][] = [
    ['an infected member', [job('yara')], { children: [child('clean'), child('infected')] }, 'infected child_infected'],
    ['a suspicious member', [job('yara')], { children: [child('suspicious')] }, 'suspicious child_suspicious'],
    [
      'an unverified member',
      [job('yara')],
      { children: [child('clean'), lostChild] },
      'unverified encrypted child_unverified',
    ],
    [
      'infected before suspicious member',
      [job('yara', odd)],
      { children: [child('infected')] },
      'infected child_infected',
    ],
    ['clean members', [job('yara')], { children: [child('clean')] }, 'clean all_required_clean'],
    [
      'an allow list does not speak for members',
      [job('hash-list', allowed)],
      { children: [child('suspicious')] },
      'suspicious child_suspicious',
    ],
    ['a closed gate', [job('clamav')], { gate: closed }, 'unverified probe_missing gate_closed'],
    ['a closed gate and malware', [job('clamav', evil)], { gate: closed }, 'infected malicious_finding'],
    ['an excepted finding', [job('yara', evil)], { exceptions: excepted('yara') }, 'clean clean_by_exception'],
    [
      'an exception for another probe',
      [job('yara', evil)],
      { exceptions: excepted('clamav') },
      'infected malicious_finding',
    ],
    [
      'an exception leaves other findings',
      [job('yara', evil), job('clamav', odd)],
      { exceptions: excepted('yara') },
      'suspicious suspicious_finding',
    ],
    [
      'an exception cannot lift a deny list',
      [job('hash-list', denied)],
      { exceptions: excepted('hash-list') },
      'infected deny_list',
    ],
    [
      'an exception proves nothing',
      [job('yara', report([finding('malicious', 'E')], ENCRYPTED))],
      { exceptions: excepted('yara') },
      'unverified encrypted required_coverage',
    ],
    [
      'an exception does not speak for members',
      [job('yara')],
      { children: [child('infected')], exceptions: excepted('yara') },
      'infected child_infected',
    ],
  ];
  it.each(table)('%s', (_title, jobs, more, expected) => {
    expect(brief(decide(jobs, more))).toBe(expected);
  });

  it.each(UNVERIFIED_REASONS)('an intake problem (%s) is told first and is never clean', (reason) => {
    const intake = { reason, detail: 'it is a pipe, not a regular file' };
    expect(brief(decide([], { intake }))).toBe(`unverified ${reason} intake_problem`);
    expect(brief(decide([job('yara')], { intake, gate: closed }))).toBe(`unverified ${reason} intake_problem`);
  });
});

describe('the sentence of a verdict', () => {
  it('names the probe and the finding', () => {
    const eicar = report([finding('malicious', 'Eicar_Test_File'), finding('malicious', 'Other')]);
    expect(decide([job('yara', eicar)]).sentence).toBe(
      'YARA found Eicar_Test_File (and 1 more), which is known malware.',
    );
    expect(decide([job('clamav', skipped('probe_missing'))]).sentence).toBe(
      'ClamAV could not be reached (no socket), so nothing proves this file clean.',
    );
    expect(decide([job('archive', report([], ENCRYPTED))]).sentence).toBe(
      'Archive did not look at the whole file, because the member a.doc is encrypted.',
    );
  });

  it('counts the probes that prove a clean file', () => {
    const ids = ['clamav', 'yara', 'hash-list', 'file-type', 'archive'];
    const jobs = ids.map((id) => job(id));
    expect(decide(jobs).sentence).toBe('All 5 required probes looked at the whole file and found nothing.');
    expect(decide(jobs, { children: [child('clean'), child('clean')] }).sentence).toContain('and its 2 members');
    expect(decide([job('yara'), job('archive', skipped('type_not_accepted'))]).sentence).toContain(
      'YARA, the only required probe for this type of file,',
    );
  });

  it.each([
    ['first', (path: string) => `${path} cannot be read: permission denied; give this user read access`],
    ['last', (path: string) => `permission denied, open '${path}'`],
  ])('shows the cause however long the path is that stands %s', (_where, detailOf) => {
    const detail = detailOf(`/srv/${'very-long-name/'.repeat(250)}file.txt`);
    const { sentence } = decide([], { intake: { reason: 'unreadable', detail } });
    expect(sentence).toContain('permission denied');
    expect(Array.from(sentence).length).toBeLessThan(320);
  });

  it('stays one line of bounded length whatever a probe calls its findings', () => {
    const sentence = decide([job('yara', report([finding('malicious', `a\nb${'\u{1f600}'.repeat(5000)}`)]))]).sentence;
    expect(Array.from(sentence).length).toBeLessThan(200);
    expect(sentence.isWellFormed()).toBe(true);
  });
});
