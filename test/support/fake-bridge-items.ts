import type { IpcParams } from '../../src-main/contract/ipc-schema';
import type { ItemPage, ItemQuery, ItemRow } from '../../src-main/contract/item-view';

/** Files as a busy gate has seen them: hostile, long, foreign and ordinary names. Row `n` is always the same. */
const NAMES = [
  'invoice-2024-117.pdf',
  'invoice.pdf.exe',
  'Rapport trimestriel consolidé de la direction régionale Île-de-France — version définitive relue.docx',
  'חשבונית מס 2024.pdf',
  'فاتورة ضريبية رقم ٢٠٢٤.pdf',
  'photo\\u202egpj.exe',
  'line\\u000abreak.txt',
  'data export (final) (2) (really final).xlsx',
  '報告書_令和六年度.zip',
  'setup-3.1.4-x86_64.msi',
  '<img src=x onerror=alert(1)>.html',
  `${'a'.repeat(180)}.tar.gz`,
  '=cmd|calc!A1.csv',
  'firmware_v12.bin',
  'été à la plage 🏖️.heic',
] as const;
const MIMES = [
  'application/pdf',
  'application/x-dosexec',
  'application/zip',
  'text/plain',
  'image/heic',
  null,
] as const;
const FINDINGS = ['Eicar-Test-Signature', 'script_dropper', 'double_extension', 'Heuristics.Encrypted.Zip'] as const;
export const WAITING =
  'waiting for destination acme-inbound: bucket acme: it cannot be reached; check "endpoint", network and server (TimeoutError)';
const START = Date.UTC(2026, 10, 21, 14, 2, 11);
const MINUTE = 60_000;

export const SUBMISSION = '3f0c9a52-7d1e-4c7b-9b1a-0d5a8f6e2b11';

const pick = <Value>(values: readonly Value[], at: number): Value => {
  const value = values[at % values.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
};
const hashOf = (n: number) => Array.from({ length: 64 }, (_, at) => ((n * 31 + at * 7) % 16).toString(16)).join('');

function verdictOf(n: number): NonNullable<ItemRow['verdict']> {
  if (n % 11 === 1) return 'infected';
  if (n % 17 === 5) return 'suspicious';
  if (n % 13 === 6) return 'unverified';
  return n % 97 === 3 ? 'skipped' : 'clean';
}

const ENDS = {
  clean: {
    state: 'forwarded',
    disposition: 'forwarded',
    sentence: 'All 4 required probes looked at the whole file and found nothing.',
  },
  infected: {
    state: 'quarantined',
    disposition: 'quarantined',
    sentence: 'ClamAV found Eicar-Test-Signature, which is known malware.',
  },
  suspicious: {
    state: 'quarantined',
    disposition: 'quarantined',
    sentence: 'File type found double-extension, which is suspicious.',
  },
  unverified: {
    state: 'held',
    disposition: 'held',
    sentence: 'ClamAV did not answer in time, so nothing proves this file clean.',
  },
  skipped: { state: 'skipped', disposition: null, sentence: null },
  cancelled: { state: 'cancelled', disposition: null, sentence: null },
} as const;

/** Submission `at` of the stub; the first two are still on their way. */
export const submissionGuid = (at: number): string => SUBMISSION.replace(/.$/, (at % 16).toString(16));
/** Stages of files on their way, as often as they are seen. */
const STAGES = ['scanning', 'scanning', 'planned', 'scanning', 'received', 'staged', 'disposing', 'decided'] as const;

/** The first `open` rows are still on their way. */
export function rowOf(n: number, open: number): ItemRow {
  const name = n < NAMES.length ? pick(NAMES, n) : pick(NAMES, n * 7).replace(/(\.[^.]*)?$/, ` ${n}$1`);
  const verdict = verdictOf(n);
  const base = {
    id: String(n + 1),
    submission: submissionGuid(n < open ? Number(n % 7 === 6) : 2 + (n % 8)),
    name,
    path: `/srv/inbox/customers/${name}`,
    size: n % 29 === 0 ? 0 : (n * 7919 * 613) % 3_000_000_000,
    mime: pick(MIMES, n),
    sha256: hashOf(n),
    receivedAt: new Date(START - n * MINUTE).toISOString(),
    problem: n % 41 === 6 ? WAITING : null,
  };
  if (n < open) {
    const state = pick(STAGES, n);
    return {
      ...base,
      state,
      verdict: null,
      sentence: null,
      disposition: null,
      finding: null,
      findings: 0,
      endedAt: null,
      running: state !== 'scanning' ? [] : n % 5 === 0 ? ['corp-av'] : ['clamav', 'yara'],
    };
  }
  const bad = verdict === 'infected' || verdict === 'suspicious';
  return {
    ...base,
    ...ENDS[verdict],
    verdict,
    finding: bad ? pick(FINDINGS, n) : null,
    findings: bad ? 1 + (n % 3) : 0,
    endedAt: new Date(START - n * MINUTE + 900).toISOString(),
    running: [],
  };
}

const RANK = { infected: 0, suspicious: 1, unverified: 2, skipped: 3, cancelled: 4, clean: 5 } as const;

function compare(by: ItemQuery['sort']['by'], a: ItemRow, b: ItemRow): number {
  if (by === 'name') return a.name < b.name ? -1 : 1;
  if (by === 'size') return (a.size ?? -1) - (b.size ?? -1);
  if (by === 'verdict') return RANK[a.verdict ?? 'cancelled'] - RANK[b.verdict ?? 'cancelled'];
  return a.receivedAt < b.receivedAt ? -1 : 1;
}

/** Rows that match, in the order that was asked for. */
export function matching(rows: readonly ItemRow[], query: IpcParams<'items'>['query']): ItemRow[] {
  const text = (query.text ?? '').toLowerCase();
  const {
    sort = { by: 'time', descending: true },
    open = null,
    submission = null,
    verdicts = [],
    dispositions = [],
  } = query;
  const found = rows.filter(
    (row) =>
      (text === '' || `${row.path} ${row.sha256} ${row.finding}`.toLowerCase().includes(text)) &&
      (submission === null || row.submission === submission) &&
      (open === null || (row.endedAt === null) === open) &&
      (verdicts.length === 0 || (row.verdict !== null && verdicts.includes(row.verdict))) &&
      (dispositions.length === 0 || (row.disposition !== null && dispositions.includes(row.disposition))),
  );
  const sign = sort.descending ? -1 : 1;
  return found.sort((a, b) => sign * compare(sort.by, a, b));
}

function jobsOf(row: ItemRow): ItemPage['item']['jobs'] {
  const job = { problem: null, coverage: { kind: 'complete' }, attempts: 1, cached: false } as const;
  const found = row.findings > 0;
  return [
    {
      ...job,
      probe: 'clamav',
      state: 'done',
      statement: found ? 'found' : 'nothing_found',
      engineVersion: 'ClamAV 1.4.6',
      databaseVersion: '27801',
      durationMs: 12,
    },
    {
      ...job,
      probe: 'yara',
      state: 'done',
      statement: found ? 'found' : 'nothing_found',
      engineVersion: 'YARA-X 1.7.1',
      databaseVersion: '63 rules',
      durationMs: 9,
    },
    {
      ...job,
      probe: 'hash-list',
      state: 'done',
      statement: 'nothing_found',
      engineVersion: 'hash-list 1',
      databaseVersion: '12000',
      durationMs: 0.4,
      cached: true,
    },
    {
      ...job,
      probe: 'archive',
      state: 'skipped',
      statement: null,
      coverage: null,
      engineVersion: null,
      databaseVersion: null,
      durationMs: null,
      problem: 'text/plain',
      attempts: 0,
    },
    {
      ...job,
      probe: 'corp-av',
      state: 'error',
      statement: null,
      coverage: null,
      engineVersion: null,
      databaseVersion: null,
      durationMs: 30_000,
      problem: 'corp-av did not answer within 30 s',
      attempts: 3,
    },
  ];
}

const finding = (probe: string, name: string, severity: 'malicious' | 'suspicious') =>
  ({
    probe,
    name,
    severity,
    category: 'malware',
    evidence: 'offset 0: 58 35 4f 21 50',
    guidance: ['known-malware'],
  }) as const;

/** The page of one row, with findings, failed and skipped probes, members and a custody log. */
export function pageOf(row: ItemRow): ItemPage {
  const findings =
    row.findings > 0
      ? [finding('clamav', 'Eicar-Test-Signature', 'malicious'), finding('yara', 'script_dropper', 'suspicious')]
      : [];
  const names = {
    pathBytes: null,
    relativePath: row.name,
    relativePathBytes: null,
    parent: null,
    sha1: null,
    md5: null,
  } as const;
  const { finding: _first, findings: _count, receivedAt, endedAt, running: _running, ...kept } = row;
  const child = (id: string, parent: string, name: string, bad: boolean): ItemPage['children'][number] => ({
    id,
    parent,
    name: { display: name, bytes: null },
    size: 68,
    hashes: null,
    type: { mime: 'text/plain', description: 'text', unknown: false },
    verdict: {
      kind: bad ? 'infected' : 'clean',
      rule: 'test',
      sentence: bad
        ? 'ClamAV found Eicar-Test-Signature, which is known malware.'
        : 'All 4 required probes looked at the whole file and found nothing.',
    },
    findings: [],
    jobs: [],
  });
  return {
    item: {
      ...kept,
      ...names,
      reason: row.verdict === 'unverified' ? 'timeout' : null,
      findings: [...findings].map((one) => ({ ...one, guidance: [...one.guidance] })),
      jobs: jobsOf(row),
      guidance: findings.length > 0 ? ['known-malware'] : [],
      destination: null,
      destinationBytes: null,
      report: `/srv/quarantine/${SUBMISSION}/${row.name}.report.json`,
      reportBytes: null,
      at: endedAt,
    },
    submission: { guid: row.submission, origin: 'window: /srv/inbox/customers', profile: 'default', receivedAt },
    children: [
      child('c1', row.id, 'payload.zip', true),
      child('c2', 'c1', 'eicar.com', true),
      child('c3', row.id, 'readme.txt', false),
    ],
    childrenLeftOut: 0,
    guidance: [
      {
        tag: 'known-malware',
        title: 'Known malware',
        guidance: 'Do not open the file. Tell whoever sent it. See https://www.eicar.org/ for the test file.',
      },
    ],
    custody: ['received', 'staged', 'planned', 'scanning', 'decided', 'disposing', row.state].map((event, at) => ({
      seq: 41 + at,
      at: new Date(Date.parse(receivedAt) + at * 40).toISOString(),
      event,
      data: '{}',
    })),
    report: null,
  };
}
