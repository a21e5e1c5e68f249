import { messageOf, shell } from '../../bridge';
import { currentText } from '../../i18n/text';
import { chooseAll, chooseOnly, chooseRange, type SelectionStore, toggle } from '../../state/selection';
import { tell, tellProblem } from '../../state/toasts';
import { MOST_AT_ONCE, PIECE, type RowSource } from '../../state/windowed-rows';
import type { TableColumn } from './columns';
import { rowsAsJson, rowsAsTsv } from './copy-rows';
import type { RowGestures } from './TableRow';

/** What a table is at this moment. */
export interface TableNow<Row> {
  readonly rows: RowSource<Row>;
  readonly columns: readonly TableColumn<Row>[];
  readonly selection: SelectionStore;
  rowId(row: Row): string;
  onOpen?: ((row: Row) => void) | undefined;
  onPreview?: ((row: Row) => void) | undefined;
  /** Ids of all rows, where the list is too long to be read for them. */
  allIds?: (() => Promise<readonly string[]>) | undefined;
  /** Scrolls a row into sight. */
  show(index: number): void;
}

async function attempt(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    tellProblem(messageOf(error));
  }
}

/** What hands and keys do with the rows of a table; `now` is asked at each act. */
export class TableControl<Row> {
  private readonly now: () => TableNow<Row>;

  constructor(now: () => TableNow<Row>) {
    this.now = now;
  }

  readonly gestures: RowGestures = {
    press: (index, event) => {
      if (event.shiftKey) void this.chooseTo(index);
      else if (event.ctrlKey || event.metaKey) this.check(index);
      else this.chooseOne(index);
    },
    check: (index) => this.check(index),
    open: (index) => this.open(index),
    menu: (index) => {
      const id = this.idAt(index);
      if (id !== null && !this.now().selection.getState().ids.has(id)) this.chooseOne(index);
    },
  };

  private idAt(index: number): string | null {
    const { rows, rowId } = this.now();
    const row = rows.at(index);
    return row === undefined ? null : rowId(row);
  }

  private chooseOne(index: number): void {
    const id = this.idAt(index);
    if (id !== null) chooseOnly(this.now().selection, index, id);
  }

  private check(index: number): void {
    const id = this.idAt(index);
    if (id !== null) toggle(this.now().selection, index, id);
  }

  private chooseTo(index: number): Promise<void> {
    return attempt(async () => {
      const { rows, rowId, selection } = this.now();
      const { anchor, active } = selection.getState();
      const from = anchor >= 0 ? anchor : Math.max(0, active);
      const between = await rows.between(Math.min(from, index), Math.max(from, index));
      selection.setState({ anchor: from });
      chooseRange(selection, index, between.map(rowId));
    });
  }

  /** Moves the active row; `extend` takes the rows on the way into the selection. */
  step(by: number, extend = false): void {
    this.goTo(this.now().selection.getState().active + by, extend);
  }

  goTo(wanted: number, extend = false): void {
    const { rows, selection, show } = this.now();
    if (rows.total === 0) return;
    const index = Math.max(0, Math.min(rows.total - 1, wanted));
    show(index);
    if (extend) void this.chooseTo(index);
    else if (this.idAt(index) !== null) this.chooseOne(index);
    else selection.setState({ active: index, anchor: index });
  }

  goToLast(): void {
    this.goTo(this.now().rows.total - 1);
  }

  open(index = this.now().selection.getState().active): void {
    const { rows, onOpen } = this.now();
    const row = rows.at(index);
    if (row !== undefined) onOpen?.(row);
  }

  /** Shows the active row beside the table where the view can, else takes it into the selection or out of it. */
  preview(): void {
    const { rows, selection, onPreview } = this.now();
    const { active } = selection.getState();
    const row = rows.at(active);
    if (row !== undefined && onPreview !== undefined) onPreview(row);
    else this.check(active);
  }

  chooseAll(): Promise<void> {
    return attempt(async () => {
      const { rows, rowId, selection, allIds } = this.now();
      const ids = allIds === undefined ? (await rows.between(0, rows.total - 1)).map(rowId) : await allIds();
      chooseAll(selection, ids);
      if (ids.length < rows.total) tell(currentText()('table.tooMany', { count: MOST_AT_ONCE }));
    });
  }

  private async chosenRows(): Promise<Row[]> {
    const { rows, rowId, selection } = this.now();
    const { ids } = selection.getState();
    const chosen: Row[] = [];
    for (let first = 0; first < rows.total && chosen.length < ids.size; first += PIECE) {
      const piece = await rows.between(first, first + PIECE - 1);
      chosen.push(...piece.filter((row) => ids.has(rowId(row))));
    }
    return chosen;
  }

  copy(format: 'tsv' | 'json'): Promise<void> {
    return attempt(async () => {
      const rows = await this.chosenRows();
      const text = format === 'tsv' ? rowsAsTsv(this.now().columns, rows) : rowsAsJson(rows);
      await shell('copy', { text });
      const say = currentText();
      tell(say('parts.copied', { what: say('table.rows', { count: rows.length }) }));
    });
  }
}
