import { notReady } from '../../src-main/base/not-ready';
import type { IpcParams, IpcResult, ProbeStatus } from '../../src-main/contract/ipc-schema';
import type { ItemRow, Overview, SubmissionRow } from '../../src-main/contract/item-view';
import { submissionGuid, WAITING } from './fake-bridge-items';

/** What is set up behind the stub: probes, destinations, submissions, settings and the figures of the overview. */
const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 21, 14);

const health = {
  state: 'ready',
  problem: null,
  engineVersion: '1.7.1',
  databaseVersion: '63 rules',
  databaseDate: new Date(NOW - 3 * HOUR).toISOString(),
  signatures: 63,
  maxBytes: 512 * 1024 ** 2,
  notes: [] as string[],
} as const;

export const PROBES: ProbeStatus[] = [
  {
    id: 'clamav',
    title: 'ClamAV',
    category: 'antivirus',
    kind: 'daemon',
    privacy: 'local',
    required: true,
    health: {
      ...health,
      engineVersion: 'ClamAV 1.4.6',
      databaseVersion: '27801',
      signatures: 8_723_412,
      notes: ['clamd is busy: its test file waits in the queue, and the last one was found'],
    },
    canary: { kind: 'found', ms: 12 },
  },
  {
    id: 'yara',
    title: 'YARA',
    category: 'rules',
    kind: 'child',
    privacy: 'local',
    required: true,
    health: { ...health, notes: [] },
    canary: { kind: 'found', ms: 9 },
  },
  {
    id: 'hash-list',
    title: 'Hash list',
    category: 'hash',
    kind: 'built-in',
    privacy: 'local',
    required: true,
    health: {
      ...health,
      databaseVersion: '12000',
      databaseDate: new Date(NOW - 40 * 24 * HOUR).toISOString(),
      signatures: 12_000,
      notes: [],
    },
    canary: { kind: 'none', ms: 1 },
  },
  {
    id: 'corp-av',
    title: 'Antivirus du centre de calcul de la direction régionale',
    category: 'antivirus',
    kind: 'icap',
    privacy: 'uploads-bytes',
    required: false,
    health: notReady('corp-av does not answer'),
    canary: { kind: 'failed', problem: 'it is not ready', ms: 3 },
  },
];

/** As they are, or with ClamAV's daemon not started. */
export function probesOf(gateOpen: boolean): ProbeStatus[] {
  const away = { state: 'not_ready', problem: GATE_CLOSED.reason, startCommand: START_CLAMD } as const;
  return PROBES.map((probe) =>
    gateOpen || probe.id !== GATE_CLOSED.probe
      ? probe
      : { ...probe, canary: null, health: { ...probe.health, ...away, notes: [] } },
  );
}

const START_CLAMD = '/usr/sbin/clamd --config-file=/home/ana/clamav/clamd.conf';

export const GATE_CLOSED = {
  open: false,
  probe: 'clamav',
  reason:
    'clamd at /run/clamav/clamd.ctl cannot be reached: nobody listens there; start clamd (systemctl start clamav-daemon) and look at its log',
} as const;

export const WATCHED: IpcResult<'status'>['watch'] = [
  { dir: '/srv/inbox', profile: 'default', state: 'watching', problem: null },
  {
    dir: '/mnt/scanner/Eingang',
    profile: 'default',
    state: 'missing',
    problem: 'The folder does not exist. Create it, or mount what it lies on.',
  },
];

type Destinations = IpcResult<'destinations'>['destinations'];

const DESTINATIONS: Destinations = [
  { id: 'cleared', kind: 'folder', state: 'ready', problem: null, notes: [], waiting: 0, oldest: null, nextTry: null },
  {
    id: 'acme-inbound',
    kind: 's3',
    state: 'not_ready',
    problem: 'bucket acme: it cannot be reached; check "endpoint", network and server (TimeoutError)',
    notes: [],
    waiting: 12,
    oldest: new Date(NOW - HOUR).toISOString(),
    nextTry: new Date(NOW + HOUR).toISOString(),
  },
];

/** As they are, or as if every one of them could be reached. */
export function destinationsOf(reachable: boolean): Destinations {
  return reachable
    ? DESTINATIONS.map((health) => ({
        ...health,
        state: 'ready',
        problem: null,
        waiting: 0,
        oldest: null,
        nextTry: null,
      }))
    : DESTINATIONS;
}

function submission(at: number, change: Partial<SubmissionRow>): SubmissionRow {
  return {
    guid: submissionGuid(at),
    origin: at % 2 === 0 ? `window: /home/ana/Rechnungen ${2024 - at}/été.pdf and 119 more` : 'watch: /srv/inbox',
    profile: 'default',
    receivedAt: new Date(NOW - at * HOUR).toISOString(),
    sealed: true,
    items: 120,
    settled: 120,
    waiting: 0,
    problem: null,
    clean: 110,
    suspicious: 3,
    infected: 5,
    unverified: 2,
    bytes: 2_254_857_830,
    sized: 120,
    settledBytes: 2_254_857_830,
    ...change,
  };
}

/** Ten submissions, the newest two of them on their way while rows have not ended; `ended` files of the first have. */
export function submissionsOf(rows: readonly ItemRow[], ended: number): SubmissionRow[] {
  if (rows.length === 0) return [];
  const left = (guid: string) => rows.filter((row) => row.endedAt === null && row.submission === guid).length;
  const first = left(submissionGuid(0));
  const second = left(submissionGuid(1));
  const moving = [
    submission(0, {
      items: first + ended,
      settled: ended,
      sealed: false,
      sized: first + ended,
      bytes: (first + ended) * 18_000_000,
      settledBytes: ended * 18_000_000,
      clean: 31,
      suspicious: 1,
      infected: 2,
      unverified: 0,
    }),
    submission(1, {
      items: second + 2,
      settled: 2,
      waiting: second,
      clean: 2,
      suspicious: 0,
      infected: 0,
      unverified: 0,
      problem: WAITING,
    }),
  ];
  return [...(first > 0 ? moving : []), ...Array.from({ length: 8 }, (_, at) => submission(at + 2, {}))];
}

export function OVERVIEW(hours: number): Overview {
  const wave = (at: number, size: number) => Math.max(0, Math.round(size * (1 + Math.sin(at / 3))));
  return {
    hours: Array.from({ length: hours }, (_, at) => ({
      at: new Date(NOW - (hours - 1 - at) * HOUR).toISOString(),
      clean: wave(at, 400),
      suspicious: wave(at + 2, 6),
      infected: wave(at + 5, 4),
      unverified: wave(at + 7, 3),
      bytes: wave(at, 9_000_000_000),
    })),
    probes: [
      { probe: 'clamav', jobs: 48_210, failed: 12, medianMs: 11, p95Ms: 84 },
      { probe: 'yara', jobs: 48_210, failed: 0, medianMs: 8, p95Ms: 41 },
      { probe: 'corp-av', jobs: 912, failed: 640, medianMs: 30_000, p95Ms: 30_000 },
    ],
  };
}

export const WRITTEN = {
  destinations: {
    'acme-inbound': {
      kind: 's3',
      bucket: 'acme-inbound',
      prefix: 'inbound/',
      endpoint: 'http://127.0.0.1:9000',
      pathStyle: true,
    },
    cleared: { kind: 'folder', dir: '/srv/cleared' },
  },
  profiles: {
    default: { destination: 'acme-inbound', passwords: ['infected'] },
    invoices: { destination: 'cleared', probes: ['clamav', 'yara', 'corp-av'] },
    outgoing: { destination: 'partner' },
  },
  watch: [
    { dir: '/srv/inbox', source: 'move', ignore: ['*.part'] },
    { dir: '/mnt/scanner/Eingang', poll: true },
  ],
};

const ALL_PROBES = { probes: PROBES.map(({ id }) => id) };
export const EFFECTIVE = {
  ...WRITTEN,
  profiles: {
    default: { ...ALL_PROBES, ...WRITTEN.profiles.default },
    invoices: WRITTEN.profiles.invoices,
    outgoing: { ...ALL_PROBES, ...WRITTEN.profiles.outgoing },
  },
  dataDir: '/var/lib/dropgate',
  quarantine: { dir: '/var/lib/dropgate/quarantine' },
  retention: { historyDays: 365, quarantineDays: 0 },
};

type Problems = IpcResult<'settings-write'>['problems'];

/** A text "nowhere" is wrong wherever it stands. */
export function problemsOf(changes: IpcParams<'settings-write'>['changes']): Problems {
  return changes.flatMap(({ path, value }) => nowhereIn(value, path));
}

function nowhereIn(value: unknown, path: (string | number)[]): Problems {
  if (value === 'nowhere') return [{ path, text: 'is the text "nowhere"; write a place that is there' }];
  if (Array.isArray(value)) return value.flatMap((entry, at) => nowhereIn(entry, [...path, at]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => nowhereIn(entry, [...path, key]));
}

/** Folders work; the S3 server wants other checksums than it is asked with. */
export function testOf(kind: 'folder' | 's3'): IpcResult<'destination-test'> {
  if (kind === 'folder') {
    const names = ['folder', 'write', 'publish', 'remove', 'space'] as const;
    return {
      ok: true,
      steps: names.map((name) => ({ name, ok: true, detail: '/srv/cleared is there.' })),
      found: {},
    };
  }
  return {
    ok: true,
    steps: [
      { name: 'credentials', ok: true, detail: 'Credentials were found; their key ends in 4F7Q.' },
      {
        name: 'upload',
        ok: true,
        detail:
          'An object was stored with its hash beside it. It works with other settings than given: set pathStyle: true.',
      },
      { name: 'read-back', ok: true, detail: 'The object came back byte for byte.' },
      {
        name: 'conditional-put',
        ok: false,
        detail:
          'The server replaces an object although asked not to; with "conditionalPut: auto" Dropgate looks first.',
      },
      { name: 'large-files', ok: true, detail: 'Large files can go up in parts.' },
      { name: 'delete', ok: true, detail: 'Nothing of the test was left there.' },
    ],
    found: { region: 'us-east-1', pathStyle: true, checksums: 'when_required', conditionalPut: 'off' },
  };
}
