/** Rows that a table shows: all of them counted, some of them known. */
export interface RowSource<Row> {
  readonly total: number;
  /** `first`: nothing was ever read. A problem is shown while older rows stay. */
  readonly state: 'first' | 'ready';
  readonly problem: string | null;
  at(index: number): Row | undefined;
  /** Which rows are seen now (both included). */
  want(first: number, last: number): void;
  /** Rows from `first` to `last`, read where they are not known yet; at most `MOST_AT_ONCE`. */
  between(first: number, last: number): Promise<Row[]>;
  retry(): void;
}

export interface Piece<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}
export type ReadPiece<Row> = (offset: number, limit: number) => Promise<Piece<Row>>;

export const PIECE = 200;
export const MOST_AT_ONCE = 10_000;
const PIECES_KEPT = 60;
/** Least time between two readings of the same rows. */
const CALM_MS = 250;

/**
 * A window over a long list that lives elsewhere: reads pieces of it as they come into sight, keeps a bounded number,
 * and reads what is in sight again when told that the list changed. A late answer to an older question is dropped.
 */
export class WindowedRows<Row> {
  private readonly pieces = new Map<number, readonly Row[]>();
  private readonly stale = new Set<number>();
  private readonly asked = new Set<number>();
  private readonly listeners = new Set<() => void>();
  private seen: readonly [number, number] = [0, 0];
  private epoch = 0;
  private total = 0;
  private problem: string | null = null;
  private read = false;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private snapshot: RowSource<Row>;
  private readonly readPiece: ReadPiece<Row>;
  private readonly saying: (error: unknown) => string;

  constructor(readPiece: ReadPiece<Row>, saying: (error: unknown) => string) {
    this.readPiece = readPiece;
    this.saying = saying;
    this.snapshot = this.source();
  }

  /** For React's useSyncExternalStore: another object whenever anything changed. */
  readonly current = (): RowSource<Row> => this.snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (!this.read) this.readSeen();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0 && this.timer !== null) clearTimeout(this.timer);
      if (this.listeners.size === 0) this.timer = null;
    };
  };

  /** The list changed: what is in sight is read again, at most four times a second; the rest when it comes into sight. */
  readonly changed = (): void => {
    for (const piece of this.pieces.keys()) this.stale.add(piece);
    if (this.timer !== null || this.listeners.size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.readSeen();
    }, CALM_MS);
  };

  private readonly want = (first: number, last: number): void => {
    this.seen = [Math.max(0, first), Math.max(0, last)];
    this.readSeen();
  };

  private readonly retry = (): void => this.readSeen();

  private source(): RowSource<Row> {
    return {
      total: this.total,
      state: this.read ? 'ready' : 'first',
      problem: this.problem,
      at: (index) => this.pieces.get(Math.floor(index / PIECE))?.[index % PIECE],
      want: this.want,
      between: this.between,
      retry: this.retry,
    };
  }

  private tell(): void {
    this.snapshot = this.source();
    for (const listener of this.listeners) listener();
  }

  private readSeen(): void {
    const [first, last] = this.seen;
    for (let piece = Math.floor(first / PIECE); piece <= Math.floor(last / PIECE); piece += 1)
      if ((!this.pieces.has(piece) || this.stale.has(piece)) && !this.asked.has(piece)) void this.ask(piece);
  }

  private async ask(piece: number): Promise<void> {
    const { epoch } = this;
    this.asked.add(piece);
    this.stale.delete(piece);
    try {
      const { rows, total } = await this.readPiece(piece * PIECE, PIECE);
      if (epoch !== this.epoch) return;
      this.keep(piece, rows, total);
      this.problem = null;
    } catch (error) {
      if (epoch !== this.epoch) return;
      this.stale.add(piece);
      this.problem = this.saying(error);
    } finally {
      this.asked.delete(piece);
    }
    this.read = this.read || this.problem === null;
    this.tell();
    if (this.stale.has(piece) && this.problem === null) this.changed();
  }

  private keep(piece: number, rows: readonly Row[], total: number): void {
    this.total = total;
    this.pieces.delete(piece);
    this.pieces.set(piece, rows);
    for (const oldest of this.pieces.keys()) {
      if (this.pieces.size <= PIECES_KEPT) break;
      this.pieces.delete(oldest);
    }
  }

  private readonly between = async (first: number, last: number): Promise<Row[]> => {
    const end = Math.min(last, first + MOST_AT_ONCE - 1, this.total - 1);
    const rows: Row[] = [];
    for (let piece = Math.floor(first / PIECE); piece <= Math.floor(end / PIECE); piece += 1) {
      const known = this.pieces.get(piece) ?? (await this.readPiece(piece * PIECE, PIECE)).rows;
      rows.push(...known.filter((_, at) => piece * PIECE + at >= first && piece * PIECE + at <= end));
    }
    return rows;
  };
}

/** A short list that is known whole. */
export function knownRows<Row>(rows: readonly Row[]): RowSource<Row> {
  return {
    total: rows.length,
    state: 'ready',
    problem: null,
    at: (index) => rows[index],
    want: () => undefined,
    between: async (first, last) => rows.slice(first, last + 1),
    retry: () => undefined,
  };
}
