import { type CSSProperties, type MouseEvent, memo } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/text';
import type { SelectionStore } from '../../state/selection';
import { cx } from '../class-names';
import type { TableColumn } from './columns';

export interface RowGestures {
  press(index: number, event: MouseEvent): void;
  check(index: number): void;
  open(index: number): void;
  menu(index: number): void;
}

interface TableRowProps<Row> {
  readonly row: Row | undefined;
  readonly id: string | null;
  readonly name: string;
  readonly index: number;
  readonly domId: string;
  readonly style: CSSProperties;
  readonly columns: readonly TableColumn<Row>[];
  readonly selection: SelectionStore;
  readonly selectable: boolean;
  readonly gestures: RowGestures;
}

function Row<Row>({
  row,
  id,
  name,
  index,
  domId,
  style,
  columns,
  selection,
  selectable,
  gestures,
}: TableRowProps<Row>) {
  const say = useText();
  const selected = useStore(selection, (state) => id !== null && state.ids.has(id));
  const active = useStore(selection, (state) => state.active === index);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is handled by the grid, whose active row this may be
    <div
      id={domId}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selectable ? selected : undefined}
      style={style}
      className={cx(
        'absolute top-0 left-0 grid w-full [contain:strict] items-center border-b border-line/60',
        selected ? 'bg-selected' : 'hover:bg-hover',
        active && 'shadow-[inset_2px_0_0_var(--accent)]',
      )}
      onClick={(event) => gestures.press(index, event)}
      onDoubleClick={() => gestures.open(index)}
      onContextMenu={() => gestures.menu(index)}
    >
      {selectable && (
        <div role="gridcell" className="flex items-center justify-center">
          <input
            type="checkbox"
            tabIndex={-1}
            className="size-3.5 accent-accent"
            aria-label={say('table.select', { name })}
            checked={selected}
            onClick={(event) => event.stopPropagation()}
            onChange={() => gestures.check(index)}
          />
        </div>
      )}
      {row === undefined ? (
        <div role="gridcell" className="px-2 text-muted">
          {say('table.rowNotLoaded')}
        </div>
      ) : (
        columns.map((column) => (
          <div
            key={column.id}
            role="gridcell"
            className={cx(
              'flex min-w-0 items-center overflow-hidden px-2 whitespace-nowrap',
              column.end === true && 'justify-end',
            )}
          >
            {column.cell(row)}
          </div>
        ))
      )}
    </div>
  );
}

/** One row; renders again only when its own row, place or selection changes. */
export const TableRow = memo(Row, (before, now) => {
  return (
    before.row === now.row &&
    before.index === now.index &&
    before.columns === now.columns &&
    before.selection === now.selection &&
    before.gestures === now.gestures &&
    before.style.transform === now.style.transform &&
    before.style.height === now.style.height &&
    before.style.gridTemplateColumns === now.style.gridTemplateColumns
  );
}) as typeof Row;
