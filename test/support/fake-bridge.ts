import { z } from 'zod';
import type { IpcCall, IpcParams, IpcResult } from '../../src-main/contract/ipc-schema';
import type { ItemRow } from '../../src-main/contract/item-view';
import type { Pulse } from '../../src-main/contract/pulse';
import { settingsSchema } from '../../src-main/contract/settings';
import type { EngineState, ShellCall, ShellParams, ShellResult } from '../../src-main/contract/shell-schema';
import type { WindowBridge, WindowEvent } from '../../src-renderer/bridge';
import { activityOf } from './fake-bridge-activity';
import { AUDIT } from './fake-bridge-audit';
import { matching, pageOf, rowOf, SUBMISSION } from './fake-bridge-items';
import {
  destinationsOf,
  EFFECTIVE,
  GATE_CLOSED,
  OVERVIEW,
  probesOf,
  problemsOf,
  submissionsOf,
  testOf,
  WATCHED,
  WRITTEN,
} from './fake-bridge-setup';

type EngineAnswers = { readonly [Call in IpcCall]?: (params: IpcParams<Call>) => IpcResult<Call> };
type ShellAnswers = { readonly [Call in ShellCall]?: (params: ShellParams<Call>) => ShellResult<Call> };

export interface FakeWorld {
  readonly items: number;
  readonly open: number;
  readonly gateOpen: boolean;
  readonly engine: EngineState;
  readonly theme: 'light' | 'dark';
  readonly language: 'en' | 'fr';
  readonly firstRun: boolean;
  /** Calls that are answered with an error. */
  readonly failing: readonly string[];
  readonly paused: boolean;
  /** Every destination can be reached. */
  readonly reachable: boolean;
}

/** A call that the stub does not know or that was told to fail. */
export class FakeProblem extends Error {}

/** A window's other side without shell and engine: 100,000 files of every kind, answers at once, nothing is kept. */
export class FakeBridge implements WindowBridge {
  readonly asked: { readonly to: string; readonly call: string; readonly params: unknown }[] = [];
  private readonly listeners = new Set<(event: string, data: unknown) => void>();
  private readonly world: FakeWorld;
  private readonly rows: readonly ItemRow[];
  private preferences: ShellResult<'preferences'>;
  private readonly answered = new Map<string, readonly ItemRow[]>();
  private settled = 34;
  private pulse: Pulse;

  constructor(world: Partial<FakeWorld> = {}) {
    this.world = {
      items: 100_000,
      open: 86,
      gateOpen: true,
      engine: { kind: 'running', pid: 4711, joined: false },
      theme: 'light',
      language: 'en',
      firstRun: false,
      failing: [],
      paused: false,
      reachable: false,
      ...world,
    };
    const { theme, language, firstRun } = this.world;
    this.rows = Array.from({ length: this.world.items }, (_, n) => rowOf(n, this.world.open));
    this.preferences = {
      theme,
      language,
      notifications: true,
      drainOnQuit: true,
      firstRunDone: !firstRun,
      savedViews: {},
    };
    this.pulse = this.firstPulse();
  }

  async call(to: 'engine' | 'shell', call: string, params: unknown): ReturnType<WindowBridge['call']> {
    this.asked.push({ to, call, params });
    if (this.world.failing.includes(call))
      return {
        ok: false,
        error: { code: 'LEDGER_FAILED', message: `The ledger could not be read (${call}).`, retryable: true },
      };
    const answers: Readonly<Record<string, unknown>> = to === 'engine' ? this.engineAnswers : this.shellAnswers;
    const answer = answers[call];
    if (typeof answer !== 'function')
      return { ok: false, error: { code: 'NOT_FOUND', message: `The stub does not know ${call}.`, retryable: false } };
    try {
      return { ok: true, result: answer(params) };
    } catch (error) {
      if (!(error instanceof FakeProblem)) throw error;
      return { ok: false, error: { code: 'NOT_FOUND', message: error.message, retryable: false } };
    }
  }

  on(listener: (event: string, data: unknown) => void): () => void {
    this.listeners.add(listener);
    if (this.world.engine.kind === 'running') listener('pulse', this.pulse);
    return () => this.listeners.delete(listener);
  }

  pathsOf(files: File[]): string[] {
    return files.map(({ name }) => btoa(unescape(encodeURIComponent(`/home/ana/${name}`))));
  }

  push({ event, data }: WindowEvent): void {
    for (const listener of this.listeners) listener(event, data);
  }

  /** A quarter of a second of work. */
  tick(): void {
    const { activity } = this.pulse;
    if (activity === null) return;
    this.settled = this.settled >= activity.files ? 1 : this.settled + 1;
    const share = this.settled / activity.files;
    this.setPulse({
      activity: {
        ...activity,
        settled: this.settled,
        settledBytes: Math.round(activity.bytes * share),
        etaSeconds: 47 * (1 - share),
      },
      ended: { ...this.pulse.ended, clean: this.pulse.ended.clean + 1 },
      revision: { ...this.pulse.revision, items: this.pulse.revision.items + 1 },
    });
  }

  setPulse(change: Partial<Pulse>): void {
    this.pulse = { ...this.pulse, ...change };
    this.push({ event: 'pulse', data: this.pulse });
  }

  private firstPulse(): Pulse {
    const { open, gateOpen } = this.world;
    return {
      pid: 4711,
      program: 'dropgate 0.1.0',
      gate: gateOpen ? { open: true } : GATE_CLOSED,
      gateSince: Date.now() - 3 * 60 * 60 * 1000,
      paused: this.world.paused,
      intake: null,
      notice: null,
      activity: open === 0 ? null : activityOf(gateOpen),
      counts: { unsettled: open, waiting: gateOpen ? 0 : 12, held: 5, quarantined: 3 },
      ended: { clean: 31, suspicious: 1, infected: 2, unverified: 0, failed: 0 },
      revision: { items: 1, probes: 1, folders: 1, settings: 1 },
    };
  }

  /** An engine would answer from an index: the same question is not answered by looking through all rows again. */
  private found(query: Parameters<typeof matching>[1]): readonly ItemRow[] {
    const key = JSON.stringify(query);
    const known = this.answered.get(key) ?? matching(this.rows, query);
    this.answered.set(key, known);
    return known;
  }

  private row(id: string): ItemRow {
    const row = this.rows[Number(id) - 1];
    if (row === undefined) throw new FakeProblem(`There is no item ${id}.`);
    return row;
  }

  private readonly engineAnswers: EngineAnswers = {
    items: ({ query, offset, limit }) => {
      const found = this.found(query);
      return { rows: found.slice(offset, offset + limit), total: found.length };
    },
    'item-ids': ({ query }) => ({
      ids: matching(this.rows, query)
        .slice(0, 10_000)
        .map(({ id }) => id),
    }),
    'item-page': ({ id }) => pageOf(this.row(id)),
    'item-cancel': ({ ids }) => ({ done: ids.length, failed: [] }),
    'item-retry': ({ ids }) => ({ done: ids.length, failed: [] }),
    submissions: ({ open, offset, limit }) => {
      const rows = submissionsOf(this.rows, this.settled).filter((row) => !open || row.settled < row.items);
      return { rows: rows.slice(offset, offset + limit), total: rows.length };
    },
    preview: ({ offset, length }) => {
      const text = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';
      return { bytes: btoa(text.slice(offset, offset + length)), size: text.length };
    },
    'export-reports': ({ format }) => ({ text: format === 'html' ? '<!doctype html><title>Report</title>' : '[]' }),
    overview: ({ hours }) => OVERVIEW(hours),
    sweep: () => ({}),
    'settings-read': () => ({
      file: '/etc/dropgate/dropgate.yaml',
      written: WRITTEN,
      effective: EFFECTIVE,
      schema: z
        .json()
        .parse(JSON.parse(JSON.stringify(z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' })))),
      overridden: ['dataDir'],
      version: '1',
    }),
    'settings-write': ({ changes }) => ({ problems: problemsOf(changes) }),
    'destination-test': ({ destination }) => testOf(destination.kind),
    hello: () => ({ program: 'dropgate 0.1.0', pid: 4711 }),
    status: () => ({
      program: 'dropgate 0.1.0',
      pid: 4711,
      dataDir: '/var/lib/dropgate',
      unsettled: this.world.open,
      active: 4,
      paused: this.pulse.paused,
      intake: this.pulse.intake,
      notice: this.pulse.notice,
      gate: this.pulse.gate,
      watch: WATCHED,
    }),
    gate: () => ({ submission: SUBMISSION }),
    progress: ({ submission }) => ({
      submission,
      items: 120,
      settled: this.settled,
      waiting: 0,
      problem: null,
      summary: {
        clean: 31,
        suspicious: 1,
        infected: 2,
        unverified: 0,
        skipped: 0,
        cancelled: 0,
        failed: 0,
        bytes: 851_443_712,
        seconds: 20,
      },
      ended: false,
    }),
    results: () => ({ items: [], next: 0 }),
    waiting: () => ({ items: [], next: 0 }),
    cancel: () => ({ cancelled: 3 }),
    pause: ({ paused }) => {
      this.setPulse({ paused });
      return {};
    },
    probes: () => ({ probes: probesOf(this.world.gateOpen), gate: this.pulse.gate }),
    destinations: () => ({ destinations: destinationsOf(this.world.reachable) }),
    'kept-restore': () => ({ path: '/home/ana/invoice.pdf', sha256: '0'.repeat(64) }),
    'kept-delete': () => ({}),
    'kept-export': () => ({ path: '/home/ana/invoice.zip' }),
    'kept-verify': () => ({ ok: true, problem: null, sha256: '0'.repeat(64) }),
    'kept-rescan': () => ({ submission: SUBMISSION }),
    'kept-except': () => ({ exception: 1 }),
    'audit-verify': () => AUDIT,
  };

  private readonly shellAnswers: ShellAnswers = {
    about: () => ({
      version: '0.1.0',
      platform: 'linux',
      electron: '45.4.1',
      language: this.world.language,
      dataDir: '/var/lib/dropgate',
      firstRun: this.world.firstRun,
    }),
    'engine-state': () => this.world.engine,
    'engine-restart': () => ({}),
    'choose-paths': () => ({ paths: [{ path: btoa('/home/ana/in'), display: '/home/ana/in' }] }),
    'choose-save': ({ name }) => ({ path: btoa(unescape(encodeURIComponent(`/home/ana/${name}`))) }),
    'save-text': () => ({}),
    'save-pdf': () => ({}),
    reveal: () => ({}),
    'open-link': () => ({}),
    copy: () => ({}),
    preferences: () => this.preferences,
    'set-preferences': (change) => {
      this.preferences = {
        ...this.preferences,
        ...z
          .object({})
          .loose()
          .parse(JSON.parse(JSON.stringify(change))),
      };
      return {};
    },
    'set-unsaved': () => ({}),
    'secret-set': () => ({ kept: false, problem: 'This desktop has no key store.' }),
    'secret-list': () => ({ names: [], problem: null }),
  };
}
