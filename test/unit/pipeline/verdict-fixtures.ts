import type { ErrorCode } from '../../../src-main/contract/error-codes';
import type { Finding } from '../../../src-main/contract/finding';
import type { JobOutcome } from '../../../src-main/contract/job-outcome';
import type { Coverage } from '../../../src-main/contract/probe-report';
import type { VerdictInput, VerdictJob } from '../../../src-main/pipeline/verdict-input';

/** Ends of jobs and members as the verdict tests need them. */
export const COMPLETE: Coverage = { kind: 'complete' };
export const ENCRYPTED: Coverage = { kind: 'incomplete', reason: 'encrypted', detail: 'the member a.doc is encrypted' };

export const finding = (severity: Finding['severity'], name: string, category = 'malware'): Finding => ({
  probe: 'any',
  name,
  severity,
  category,
  guidance: [],
});

export function report(findings: Finding[] = [], coverage: Coverage = COMPLETE): JobOutcome {
  const statement = findings.length > 0 ? 'found' : 'nothing_found';
  return { kind: 'report', report: { statement, findings, coverage, engineVersion: '1', databaseVersion: '1' } };
}
export const failure = (code: ErrorCode): JobOutcome => ({ kind: 'error', code, message: 'it broke' });
export const skipped = (
  reason: 'probe_missing' | 'type_not_accepted' | 'type_unsupported' | 'cancelled',
): JobOutcome => ({
  kind: 'skipped',
  reason,
  detail: 'no socket',
});

export const TITLES: Record<string, string> = {
  clamav: 'ClamAV',
  yara: 'YARA',
  'hash-list': 'Hash lists',
  archive: 'Archive',
};
export const job = (probe: string, outcome: VerdictJob['outcome'] = report(), required = true): VerdictJob => ({
  probe,
  title: TITLES[probe] ?? probe,
  required,
  outcome,
});

export const child = (kind: 'clean' | 'suspicious' | 'infected'): VerdictInput['children'][number] => ({
  count: 1,
  displayName: 'inner/b.exe',
  verdict: { kind, rule: 'r', sentence: 'YARA found X, which is known malware.' },
});
export const lostChild: VerdictInput['children'][number] = {
  count: 1,
  displayName: 'inner/c.zip',
  verdict: { kind: 'unverified', reason: 'encrypted', rule: 'r', sentence: 'It is encrypted.' },
};
export const excepted = (...probes: string[]) => [{ probes, reason: 'ticket 7', expiresAt: null }];
export const evil = report([finding('malicious', 'Evil')]);
export const odd = report([finding('suspicious', 'Odd')]);
export const denied = report([finding('malicious', 'bad.txt', 'hash')]);
export const allowed = report([finding('info', 'good.txt', 'allow')]);
export const note = report([finding('info', 'Note')]);
export const closed = { open: false, probe: 'clamav', reason: 'ClamAV overlooked its own test file' } as const;
