import type { FileType } from '../../../src-main/contract/item';
import type { ProbeHealth, ProbeReport } from '../../../src-main/contract/probe-report';
import type { Probe, ProbeManifest, ScanContext, StagedItem } from '../../../src-main/probes/probe';

export const READY: ProbeHealth = {
  state: 'ready',
  problem: null,
  engineVersion: '1.0',
  databaseVersion: '7',
  databaseDate: null,
  signatures: null,
  maxBytes: null,
  notes: [],
};
export const AWAY: ProbeHealth = { ...READY, state: 'not_ready', problem: 'it went home' };

export const NOTHING: ProbeReport = {
  statement: 'nothing_found',
  findings: [],
  coverage: { kind: 'complete' },
  engineVersion: '1.0',
  databaseVersion: '7',
};
export const FOUND: ProbeReport = {
  ...NOTHING,
  statement: 'found',
  findings: [{ probe: 'one', name: 'Test.Malware', severity: 'malicious', category: 'malware', guidance: [] }],
};
export const TEXT: FileType = { mime: 'text/plain', description: 'ASCII text', unknown: false };

export const ITEM: StagedItem = {
  path: '/staging/item-1',
  name: Buffer.from('a.txt'),
  size: 3,
  hashes: { sha256: 'a'.repeat(64), sha1: null, md5: null },
  type: TEXT,
};

type Scan = (item: StagedItem, context: ScanContext, signal: AbortSignal) => Promise<ProbeReport>;

/**
 * A probe that does as a test tells it: what is under test here is what runs probes. `health` may be changed at any
 * time; `scans` counts.
 */
export class FakeProbe implements Probe {
  readonly manifest: ProbeManifest;
  health: ProbeHealth = READY;
  scans = 0;
  closed = false;
  behave: Scan;

  constructor(behave: Scan = () => Promise.resolve(NOTHING), manifest: Partial<ProbeManifest> = {}) {
    this.behave = behave;
    this.manifest = {
      id: 'one',
      title: 'Probe one',
      category: 'antivirus',
      kind: 'local',
      accepts: null,
      timeoutMs: 20_000,
      concurrency: 4,
      queues: false,
      unpacks: false,
      dependsOn: 'content',
      privacy: 'local',
      canary: null,
      needs: { type: false, allHashes: false },
      options: '',
      ...manifest,
    };
  }

  describe(): Promise<ProbeHealth> {
    return Promise.resolve(this.health);
  }

  scan(item: StagedItem, context: ScanContext, signal: AbortSignal): Promise<ProbeReport> {
    this.scans += 1;
    return this.behave(item, context, signal);
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

/** A clock that a test sets; time stands still in between. */
export class SetClock {
  time = 1_000_000;
  private shifted = 0;
  now = () => this.time + this.shifted;
  monotonic = () => this.time;

  /** Sets the time of day so much ahead or back. */
  shift(ms: number): void {
    this.shifted += ms;
  }
}
