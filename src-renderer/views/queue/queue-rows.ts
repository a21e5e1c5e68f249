import type { ItemRow, SubmissionRow } from '../../../src-main/contract/item-view';
import { PIECE, type Piece, type ReadPiece, type RowSource, WindowedRows } from '../../state/windowed-rows';

/** A row of the queue: a submission, or below it one of its files. */
export type QueueRow =
  | { readonly kind: 'submission'; readonly submission: SubmissionRow; readonly expanded: boolean }
  | { readonly kind: 'item'; readonly item: ItemRow };

export interface QueueReading {
  /** The newest submissions that have not ended, and how many there are. */
  submissions(): Promise<Piece<SubmissionRow>>;
  /** Files of a submission that have not ended, in their order. */
  items(guid: string): ReadPiece<ItemRow>;
}

interface Section {
  readonly guid: string;
  readonly head: QueueRow;
  /** Index of the head; its files follow. */
  readonly start: number;
  readonly files: number;
}
interface Files {
  readonly rows: WindowedRows<ItemRow>;
  /** Ends reading; null while the section is out of sight. */
  end: (() => void) | null;
  /** What was asked for last, so that an answer, good or bad, never asks for the same again. */
  wanted: string;
}

const CALM_MS = 250;

/**
 * Submissions and their files as one list of any length. Only files in sight are read; those of a collapsed submission,
 * or of one out of sight, are counted from the submission's own figures.
 */
export class QueueRows {
  private sections: readonly Section[] = [];
  private submissions: readonly SubmissionRow[] = [];
  private unlisted = 0;
  private total = 0;
  private problem: string | null = null;
  private read = false;
  private reading = false;
  private again = false;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private seen: readonly [number, number] = [0, 0];
  private readonly collapsed = new Set<string>();
  private readonly files = new Map<string, Files>();
  private readonly wrapped = new WeakMap<ItemRow, QueueRow>();
  private readonly listeners = new Set<() => void>();
  private readonly from: QueueReading;
  private readonly saying: (error: unknown) => string;
  /** Told of each new reading of the submissions. */
  private readonly onRead: (rows: readonly SubmissionRow[]) => void;
  private snapshot: RowSource<QueueRow>;

  constructor(
    from: QueueReading,
    saying: (error: unknown) => string,
    onRead: (rows: readonly SubmissionRow[]) => void = () => undefined,
  ) {
    this.from = from;
    this.saying = saying;
    this.onRead = onRead;
    this.snapshot = this.source();
  }

  readonly current = (): RowSource<QueueRow> => this.snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (!this.read) void this.readSubmissions();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      if (this.timer !== null) clearTimeout(this.timer);
      this.timer = null;
      for (const guid of this.files.keys()) this.letGo(guid);
    };
  };

  /** Open submissions that are not listed because there are too many. */
  readonly leftOut = (): number => this.unlisted;

  readonly listed = (): readonly SubmissionRow[] => this.submissions;

  /** The list changed: submissions and the files in sight are read again, at most four times a second. */
  readonly changed = (): void => {
    for (const { rows } of this.files.values()) rows.changed();
    if (this.timer !== null || this.listeners.size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.readSubmissions();
    }, CALM_MS);
  };

  readonly toggle = (guid: string): void => {
    if (!this.collapsed.delete(guid)) this.collapsed.add(guid);
    this.arrange();
  };

  private source(): RowSource<QueueRow> {
    return {
      total: this.total,
      state: this.read ? 'ready' : 'first',
      problem: this.problem ?? this.problemOfFiles(),
      at: (index) => this.rowAt(index),
      want: this.want,
      between: (first, last) => this.between(first, last),
      retry: () => {
        for (const { rows } of this.files.values()) rows.current().retry();
        void this.readSubmissions();
      },
    };
  }

  private problemOfFiles(): string | null {
    const inSight = [...this.files.values()].filter(({ end }) => end !== null);
    return inSight.map(({ rows }) => rows.current().problem).find((problem) => problem !== null) ?? null;
  }

  private async readSubmissions(): Promise<void> {
    this.again = this.reading;
    if (this.reading) return;
    this.reading = true;
    try {
      const { rows, total } = await this.from.submissions();
      this.onRead(rows);
      this.submissions = rows;
      this.unlisted = Math.max(0, total - rows.length);
      this.problem = null;
      this.read = true;
    } catch (error) {
      this.problem = this.saying(error);
    } finally {
      this.reading = false;
    }
    this.arrange();
    if (this.again) this.changed();
  }

  /** Lays the sections out anew and tells. */
  private arrange(): void {
    const sections: Section[] = [];
    let start = 0;
    for (const submission of this.submissions) {
      const { guid } = submission;
      const expanded = !this.collapsed.has(guid);
      const files = expanded ? this.countOf(submission) : 0;
      sections.push({ guid, head: { kind: 'submission', submission, expanded }, start, files });
      start += 1 + files;
    }
    const listed = new Set(sections.map(({ guid }) => guid));
    for (const guid of [...this.files.keys(), ...this.collapsed]) {
      if (listed.has(guid)) continue;
      this.letGo(guid);
      this.files.delete(guid);
      this.collapsed.delete(guid);
    }
    this.sections = sections;
    this.total = start;
    this.lookAt(...this.seen);
    this.snapshot = this.source();
    for (const listener of this.listeners) listener();
  }

  private countOf({ guid, items, settled }: SubmissionRow): number {
    const files = this.files.get(guid);
    const known = files?.end === null ? undefined : files?.rows.current();
    return known?.state === 'ready' ? known.total : Math.max(0, items - settled);
  }

  private sectionAt(index: number): Section | undefined {
    return this.sections.findLast(({ start }) => start <= index);
  }

  private rowAt(index: number): QueueRow | undefined {
    const section = this.sectionAt(index);
    if (section === undefined || index > section.start + section.files) return undefined;
    if (index === section.start) return section.head;
    const item = this.files
      .get(section.guid)
      ?.rows.current()
      .at(index - section.start - 1);
    return item === undefined ? undefined : this.rowOf(item);
  }

  /** The same row for the same item, so that a table draws it once. */
  private rowOf(item: ItemRow): QueueRow {
    const row = this.wrapped.get(item) ?? { kind: 'item', item };
    this.wrapped.set(item, row);
    return row;
  }

  private readonly want = (first: number, last: number): void => {
    this.seen = [first, last];
    this.lookAt(first, last);
  };

  /** Reads the files in sight and lets go of the others. */
  private lookAt(first: number, last: number): void {
    for (const { guid, start, files } of this.sections) {
      const from = Math.max(first, start + 1);
      const to = Math.min(last, start + files);
      if (from <= to && this.listeners.size > 0) this.look(guid, from - start - 1, to - start - 1);
      else this.letGo(guid);
    }
  }

  private look(guid: string, first: number, last: number): void {
    const files = this.files.get(guid) ?? {
      rows: new WindowedRows(this.from.items(guid), this.saying),
      end: null,
      wanted: '',
    };
    this.files.set(guid, files);
    files.end ??= files.rows.subscribe(() => this.arrange());
    const wanted = `${first} ${last}`;
    if (files.wanted === wanted) return;
    files.wanted = wanted;
    files.rows.current().want(first, last);
  }

  private letGo(guid: string): void {
    const files = this.files.get(guid);
    files?.end?.();
    if (files !== undefined) Object.assign(files, { end: null, wanted: '' });
  }

  private async between(first: number, last: number): Promise<QueueRow[]> {
    const rows: QueueRow[] = [];
    for (const { guid, head, start, files } of this.sections) {
      if (start >= first && start <= last) rows.push(head);
      const from = Math.max(first, start + 1);
      const to = Math.min(last, start + files);
      if (from > to) continue;
      for (let at = from; at <= to; at += PIECE) {
        const piece = await this.from.items(guid)(at - start - 1, Math.min(PIECE, to - at + 1));
        rows.push(...piece.rows.map((item) => this.rowOf(item)));
      }
    }
    return rows;
  }
}
