import type { Clock } from '../base/clock';
import type { Pulse } from '../contract/pulse';
import type { ItemTransition, JobTransition } from '../contract/states';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import { RateWindow } from './rate-window';

/** A step of the ledger that is durable. `from`: where a released or deleted item was kept. */
export interface Move {
  readonly name: ItemTransition | `job-${JobTransition}`;
  readonly from: 'held' | 'quarantined' | null;
}

/** What moves from the moment on in which something came in and nothing else was left, until nothing is left again. */
interface Burst {
  settled: number;
  /** Files whose bytes are known, because they were taken. */
  sized: number;
  bytes: number;
  settledBytes: number;
}

const emptyBurst = (): Burst => ({ settled: 0, sized: 0, bytes: 0, settledBytes: 0 });

/**
 * Figures of a gate, kept as its files move, so that telling them costs nothing however many there are. Only the
 * beginning counts rows, once.
 */
export class Tally {
  readonly counts: { unsettled: number; held: number; quarantined: number };
  readonly ended: Pulse['ended'] = { clean: 0, suspicious: 0, infected: 0, unverified: 0, failed: 0 };
  readonly files: RateWindow;
  readonly bytes: RateWindow;
  /** Grows with every step. */
  moves = 0;
  private current = emptyBurst();
  private lastMove: number;
  private readonly clock: Clock;

  constructor({ items }: Ledger, clock: Clock) {
    this.clock = clock;
    this.lastMove = clock.monotonic();
    this.files = new RateWindow(clock);
    this.bytes = new RateWindow(clock);
    this.counts = {
      unsettled: items.countUnsettled(),
      held: items.countKept('held'),
      quarantined: items.countKept('quarantined'),
    };
  }

  burst(): Readonly<Burst> {
    return this.current;
  }

  /** Milliseconds since anything moved on. */
  stillMs(): number {
    return this.clock.monotonic() - this.lastMove;
  }

  moved({ name, from }: Move): void {
    this.moves += 1;
    this.lastMove = this.clock.monotonic();
    switch (name) {
      case 'receive':
      case 'retry':
        if (this.counts.unsettled === 0) this.current = emptyBurst();
        this.counts.unsettled += 1;
        if (name === 'retry') this.counts.held -= 1;
        return;
      case 'hold':
        this.counts.held += 1;
        this.settled();
        return;
      case 'quarantine':
        this.counts.quarantined += 1;
        this.settled();
        return;
      case 'forward':
      case 'cancel':
        this.settled();
        return;
      case 'release':
      case 'delete':
        if (from !== null) this.counts[from] -= 1;
        return;
      default:
        return; // inside an item, or of an archive's member
    }
  }

  /** The bytes of one file were taken. */
  taken(bytes: number): void {
    this.lastMove = this.clock.monotonic();
    this.current.sized += 1;
    this.current.bytes += bytes;
  }

  /** A file is where its verdict sends it. */
  arrived(item: Pick<Item, 'verdict' | 'problem' | 'size'>): void {
    const size = item.size ?? 0;
    this.bytes.add(size);
    this.current.settledBytes += size;
    this.current.bytes = Math.max(this.current.bytes, this.current.settledBytes);
    if (item.verdict === null) return;
    this.ended[item.verdict.kind] += 1;
    if (item.verdict.kind === 'clean' && item.problem !== null) this.ended.failed += 1;
  }

  private settled(): void {
    this.counts.unsettled -= 1;
    this.current.settled += 1;
    this.files.add(1);
  }
}
