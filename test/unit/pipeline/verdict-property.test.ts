import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../../src-main/contract/error-codes';
import { SEVERITIES } from '../../../src-main/contract/finding';
import type { JobOutcome } from '../../../src-main/contract/job-outcome';
import { type Verdict, verdictSchema } from '../../../src-main/contract/verdict';
import { decideVerdict } from '../../../src-main/pipeline/verdict';
import type { VerdictInput, VerdictJob } from '../../../src-main/pipeline/verdict-input';

const REASONS = ['encrypted', 'limit_exceeded', 'unsupported', 'partial', 'timeout'] as const;
const detail = fc.string({ minLength: 1 });

const finding = fc.record({
  probe: fc.constant('x'),
  name: fc.string({ minLength: 1 }),
  severity: fc.constantFrom(...SEVERITIES),
  category: fc.constantFrom('malware', 'hash', 'allow'),
  guidance: fc.constant<string[]>([]),
});
const coverage = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'complete' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('incomplete' as const), reason: fc.constantFrom(...REASONS), detail }),
  },
);
const unpacked = fc.option(fc.record({ members: fc.integer({ min: 1, max: 3 }), decrypted: fc.nat({ max: 2 }) }), {
  nil: undefined,
});
const reportParts = { findings: fc.array(finding, { maxLength: 2 }), coverage, unpacked };
const report = fc.record(reportParts).map(({ findings, coverage, unpacked }) => ({
  kind: 'report' as const,
  report: {
    statement: findings.length > 0 ? ('found' as const) : ('nothing_found' as const),
    findings,
    coverage,
    ...(unpacked === undefined ? {} : { unpacked }),
    engineVersion: '1',
    databaseVersion: null,
  },
}));
const codes = Object.keys(ERROR_CODES) as ErrorCode[];
const outcome: fc.Arbitrary<JobOutcome> = fc.oneof(
  { weight: 5, arbitrary: report },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('error' as const),
      code: fc.constantFrom(...codes),
      message: fc.string(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('skipped' as const),
      reason: fc.constantFrom(...(['probe_missing', 'type_not_accepted', 'type_unsupported', 'cancelled'] as const)),
      detail: fc.string(),
    }),
  },
);
const job: fc.Arbitrary<VerdictJob> = fc.record({
  probe: fc.constantFrom('clamav', 'yara', 'hash-list', 'archive'),
  title: fc.string(),
  required: fc.boolean(),
  outcome,
});
const verdict: fc.Arbitrary<Verdict> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('clean' as const, 'suspicious' as const, 'infected' as const),
    rule: fc.oneof(detail, fc.constant('clean_by_opening')),
    sentence: detail,
  }),
  fc.record({
    kind: fc.constant('unverified' as const),
    reason: fc.constantFrom(...REASONS),
    rule: detail,
    sentence: detail,
  }),
);
const input: fc.Arbitrary<VerdictInput> = fc.record({
  intake: fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    fc.record({ reason: fc.constantFrom(...REASONS), detail }),
  ),
  jobs: fc.array(job, { maxLength: 4 }),
  children: fc.array(fc.record({ count: fc.integer({ min: 1, max: 2 }), displayName: fc.string(), verdict }), {
    maxLength: 2,
  }),
  membersSeen: fc
    .array(fc.tuple(fc.constantFrom('clamav', 'yara'), fc.nat({ max: 3 })))
    .map((entries) => new Map(entries)),
  exceptions: fc.array(
    fc.record({
      probes: fc.array(fc.constantFrom('yara', 'hash-list')),
      reason: fc.string(),
      expiresAt: fc.constant(null),
    }),
    { maxLength: 1 },
  ),
  gate: fc.oneof(
    { weight: 4, arbitrary: fc.constant({ open: true as const }) },
    fc.record({ open: fc.constant(false as const), reason: fc.string(), probe: fc.constant('clamav') }),
  ),
});

/** The promise in its own words, written without looking at how the verdict is found. */
function proven({ intake, jobs, children, membersSeen, exceptions, gate }: VerdictInput): boolean {
  const listed = jobs.flatMap(({ probe, outcome }) =>
    probe === 'hash-list' && outcome.kind === 'report' ? outcome.report.findings : [],
  );
  const allowed = listed.some(({ category, severity }) => category === 'allow' && severity === 'info');
  const harmless = ({ probe, outcome }: VerdictJob) =>
    outcome.kind !== 'report' ||
    outcome.report.findings.every(({ severity, category }) => {
      if (probe === 'hash-list' && category === 'hash') return false;
      const excepted = exceptions.some(({ probes }) => probes.includes(probe));
      return severity === 'info' || excepted || (severity === 'suspicious' && allowed);
    });
  const whole = ({ outcome }: VerdictJob) => outcome.kind === 'report' && outcome.report.coverage.kind === 'complete';
  const notForIt = ({ outcome }: VerdictJob) => outcome.kind === 'skipped' && outcome.reason === 'type_not_accepted';
  const away = ({ outcome, required }: VerdictJob) =>
    !required && outcome.kind === 'skipped' && ['probe_missing', 'type_unsupported'].includes(outcome.reason);
  const members = children.reduce((sum, { count }) => sum + count, 0);
  const opener = (one: VerdictJob) =>
    one.required &&
    whole(one) &&
    one.outcome.kind === 'report' &&
    one.outcome.report.unpacked?.members === members &&
    (one.outcome.report.unpacked.decrypted > 0 || children.some(({ verdict }) => verdict.rule === 'clean_by_opening'));
  const onlyEncrypted = (one: VerdictJob) =>
    one.required &&
    one.outcome.kind === 'report' &&
    one.outcome.report.coverage.kind === 'incomplete' &&
    one.outcome.report.coverage.reason === 'encrypted' &&
    membersSeen.get(one.probe) === members &&
    jobs.some(opener);
  return (
    intake === null &&
    gate.open &&
    new Set(jobs.map(({ probe }) => probe)).size === jobs.length &&
    jobs.some((one) => one.required && whole(one)) &&
    jobs.every((one) => harmless(one) && (whole(one) || notForIt(one) || away(one) || onlyEncrypted(one))) &&
    children.every((one) => one.verdict.kind === 'clean')
  );
}

describe('decideVerdict, whatever the ends of the jobs are', () => {
  it('is clean exactly when everything is proven', () => {
    let clean = 0;
    fc.assert(
      fc.property(input, (one) => {
        const result = decideVerdict(one);
        expect(verdictSchema.safeParse(result).success).toBe(true);
        expect(result.kind === 'clean').toBe(proven(one));
        if (result.kind === 'clean') clean += 1;
      }),
      { numRuns: 5000 },
    );
    expect(clean).toBeGreaterThan(0); // else the property would hold of a function that is never clean
  });

  it('is infected whenever a malicious finding stands, whatever else is wrong', () => {
    fc.assert(
      fc.property(input, (one) => {
        const hit: VerdictJob = {
          probe: 'other',
          title: 'Other',
          required: false,
          outcome: {
            kind: 'report',
            report: {
              statement: 'found',
              findings: [{ probe: 'other', name: 'E', severity: 'malicious', category: 'malware', guidance: [] }],
              coverage: { kind: 'complete' },
              engineVersion: '1',
              databaseVersion: null,
            },
          },
        };
        expect(decideVerdict({ ...one, jobs: [...one.jobs, hit] }).kind).toBe('infected');
      }),
    );
  });
});
