import { messageOf, ProbeError, toDropgateError } from '../../base/errors';
import { type PoolOptions, type Ready, YaraPool } from './pool';
import { type LoadedRules, listRules, readRules } from './rule-files';

/** One set of rules at work. */
export interface Generation {
  readonly pool: YaraPool;
  readonly ready: Ready;
  readonly rules: Omit<LoadedRules, 'files'>;
}

export interface KeeperOptions extends Omit<PoolOptions, 'rules'> {
  readonly builtInRules: string;
  readonly places: readonly string[];
}

type State =
  | { readonly kind: 'none' }
  | { readonly kind: 'ready'; readonly mark: string; readonly generation: Generation }
  /** `mark` null: try again at the next look, whether or not a file changed. */
  | { readonly kind: 'broken'; readonly mark: string | null; readonly error: ProbeError };

/** Keeps the children on the rules that lie on disk: looks for changes when asked, and changes over without a gap. */
export class RuleKeeper {
  private readonly options: KeeperOptions;
  private readonly pools = new Set<YaraPool>();
  private state: State = { kind: 'none' };
  private looking: Promise<Generation> | null = null;
  private closed = false;

  constructor(options: KeeperOptions) {
    this.options = options;
  }

  /**
   * The rules as they are on disk now, compiled. Rejects with RULES_INVALID (which file, which line, why) or
   * PROBE_UNAVAILABLE. While a new set is compiled, `current` goes on with the old one.
   */
  refresh(): Promise<Generation> {
    this.looking ??= this.look().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  /** The rules that were compiled last, without a look at the disk; null when there are none, or the last look failed. */
  get ready(): Generation | null {
    return this.state.kind === 'ready' ? this.state.generation : null;
  }

  /** As `ready`, but the first call compiles the rules. Rejects as `refresh`. */
  async current(): Promise<Generation> {
    if (this.state.kind === 'broken') throw this.state.error;
    return this.ready ?? this.refresh();
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.pools].map((pool) => pool.close()));
  }

  private async look(): Promise<Generation> {
    let mark: string | null = null;
    try {
      const listing = await listRules(this.options.builtInRules, this.options.places);
      mark = listing.mark;
      const { state } = this;
      if (state.kind === 'ready' && state.mark === mark && state.generation.pool.usable) return state.generation;
      if (state.kind === 'broken' && state.mark === mark) throw state.error;
      const generation = await this.compile(await readRules(listing));
      this.replace({ kind: 'ready', mark, generation });
      return generation;
    } catch (thrown) {
      const error = toProbeError(thrown);
      this.replace({ kind: 'broken', mark: error.code === 'RULES_INVALID' ? mark : null, error });
      throw error;
    }
  }

  private async compile({ files, ...rules }: LoadedRules): Promise<Generation> {
    if (this.closed) throw new ProbeError('PROBE_UNAVAILABLE', 'YARA is being closed');
    const { processes, timeoutMs } = this.options;
    const pool = new YaraPool({ rules: files, processes, timeoutMs });
    this.pools.add(pool);
    pool.gone.then(() => this.pools.delete(pool));
    return { pool, ready: await pool.ready, rules };
  }

  private replace(state: State): void {
    if (this.state.kind === 'ready') this.state.generation.pool.retire();
    this.state = state;
  }
}

function toProbeError(thrown: unknown): ProbeError {
  if (thrown instanceof ProbeError) return thrown;
  return new ProbeError(toDropgateError(thrown, 'PROBE_UNAVAILABLE').code, messageOf(thrown), { cause: thrown });
}
