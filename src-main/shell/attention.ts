import type { Pulse } from '../contract/pulse';
import type { Words } from './words';

export interface Notice {
  readonly title: string;
  readonly body: string;
  /** The view that helps. */
  readonly view: string;
}

export interface AttentionOptions {
  readonly words: () => Words;
  readonly show: (notice: Notice) => void;
  /** Whether the person sees the window anyway, or wants no notices. */
  readonly quiet: () => boolean;
  /** Runs `act` after a while; returns how to call it off. */
  readonly later: (act: () => void, ms: number) => () => void;
}

type Ended = Pick<Pulse['ended'], 'infected' | 'suspicious' | 'unverified' | 'failed'>;

/** A burst is over when nothing came for so long, and is told at the latest after a few of these. */
const STILL_MS = 2_500;
const MOST_DELAYS = 6;
const NOTHING: Ended = { infected: 0, suspicious: 0, unverified: 0, failed: 0 };
const KINDS = ['infected', 'suspicious', 'unverified', 'failed'] as const;

/** Tells a person what needs them, and nothing else: one notice for each burst of files, one when the gate closes. */
export class Attention {
  private readonly options: AttentionOptions;
  private pid: number | null = null;
  private seen: Ended = NOTHING;
  private gateOpen = true;
  private untold: Ended = NOTHING;
  private delays = 0;
  private callOff: (() => void) | null = null;

  constructor(options: AttentionOptions) {
    this.options = options;
  }

  pulse(pulse: Pulse): void {
    this.count(pulse);
    if (this.gateOpen && !pulse.gate.open && !this.options.quiet()) {
      const words = this.options.words();
      this.options.show({
        title: words.gateClosed,
        body: `${words.told(pulse.gate.reason)}. ${words.closedSince}`,
        view: 'probes',
      });
    }
    this.gateOpen = pulse.gate.open;
  }

  /** The engine is down for good. */
  engineFailed(problem: string): void {
    if (this.options.quiet()) return;
    const words = this.options.words();
    this.options.show({ title: words.engineFailed, body: words.told(problem), view: 'overview' });
  }

  private count({ pid, ended }: Pulse): void {
    const firstEver = this.pid === null;
    const begunAnew = this.pid !== pid || KINDS.some((kind) => ended[kind] < this.seen[kind]);
    const base = begunAnew && !firstEver ? NOTHING : firstEver ? ended : this.seen;
    const fresh = KINDS.some((kind) => ended[kind] > base[kind]);
    this.untold = byKind((kind) => this.untold[kind] + ended[kind] - base[kind]);
    this.pid = pid;
    this.seen = ended;
    if (fresh) this.delay();
  }

  private delay(): void {
    if (this.callOff !== null && this.delays >= MOST_DELAYS) return;
    this.callOff?.();
    this.delays += 1;
    this.callOff = this.options.later(() => this.tell(), STILL_MS);
  }

  private tell(): void {
    const { untold } = this;
    this.untold = NOTHING;
    this.delays = 0;
    this.callOff = null;
    if (this.options.quiet()) return;
    const words = this.options.words();
    const parts = KINDS.filter((kind) => untold[kind] > 0).map((kind) => words[kind](untold[kind]));
    const count = KINDS.reduce((sum, kind) => sum + untold[kind], 0);
    const view = untold.infected + untold.suspicious > 0 ? 'quarantine' : 'results';
    this.options.show({ title: words.needYou(count), body: parts.join(', '), view });
  }
}

function byKind(value: (kind: (typeof KINDS)[number]) => number): Ended {
  return {
    infected: value('infected'),
    suspicious: value('suspicious'),
    unverified: value('unverified'),
    failed: value('failed'),
  };
}
