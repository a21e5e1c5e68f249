import { ArrowDown, ArrowUp } from 'lucide-react';
import { useText } from '../../i18n/text';
import { cx } from '../class-names';
import type { HeaderModel, Sort, TableColumn } from './columns';

interface HeaderRowProps<Row> {
  readonly columns: readonly TableColumn<Row>[];
  readonly headers: readonly HeaderModel[];
  readonly template: string;
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
  /** Left out: rows cannot be selected. */
  readonly all?: { readonly checked: boolean; readonly some: boolean; onChange(): void } | undefined;
}

/** Titles of the columns: press to sort, drag the edge (or arrow keys on it) for the width. */
export function HeaderRow<Row>({ columns, headers, template, sort, onSort, all }: HeaderRowProps<Row>) {
  const say = useText();
  return (
    <div
      role="row"
      aria-rowindex={1}
      style={{ gridTemplateColumns: template }}
      className="sticky top-0 z-10 grid h-8 border-b border-line bg-ground text-11 font-medium text-muted"
    >
      {all !== undefined && (
        <div role="columnheader" className="flex items-center justify-center">
          <input
            type="checkbox"
            className="size-3.5 accent-accent"
            aria-label={say('table.selectAll')}
            checked={all.checked}
            ref={(box) => {
              if (box !== null) box.indeterminate = all.some && !all.checked;
            }}
            onChange={all.onChange}
          />
        </div>
      )}
      {columns.map((column, at) => (
        <ColumnTitle key={column.id} column={column} header={headers[at]} sort={sort} onSort={onSort} />
      ))}
    </div>
  );
}

interface ColumnTitleProps<Row> {
  readonly column: TableColumn<Row>;
  readonly header: HeaderModel | undefined;
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
}

function ColumnTitle<Row>({ column, header, sort, onSort }: ColumnTitleProps<Row>) {
  const say = useText();
  const sorted = column.sortKey !== undefined && sort?.by === column.sortKey ? sort : null;
  const { sortKey } = column;
  const Arrow = sorted?.descending === true ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      aria-sort={sorted === null ? undefined : sorted.descending ? 'descending' : 'ascending'}
      className={cx('relative flex min-w-0 items-center px-2', column.end === true && 'justify-end')}
    >
      {sortKey !== undefined && onSort !== undefined ? (
        <button
          type="button"
          title={say('table.sortBy', { column: column.title })}
          className={cx('flex min-w-0 items-center gap-1 rounded-sm hover:text-text', sorted !== null && 'text-text')}
          onClick={() => onSort({ by: sortKey, descending: sorted === null ? false : !sorted.descending })}
        >
          <span className="truncate">{column.title}</span>
          {sorted !== null && <Arrow size={12} aria-hidden="true" className="shrink-0" />}
        </button>
      ) : (
        <span className="truncate">{column.title}</span>
      )}
      {header !== undefined && <WidthHandle title={say('table.resize', { column: column.title })} header={header} />}
    </div>
  );
}

const STEP = 16;

function WidthHandle({ title, header }: { readonly title: string; readonly header: HeaderModel }) {
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={title}
      aria-valuenow={header.width}
      tabIndex={0}
      className="group absolute top-0 right-0 flex h-full w-2 cursor-col-resize justify-end"
      onMouseDown={header.startResize}
      onTouchStart={header.startResize}
      onDoubleClick={header.reset}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        event.preventDefault();
        header.setWidth(header.width + (event.key === 'ArrowLeft' ? -STEP : STEP));
      }}
    >
      <span className="my-2 w-px bg-line group-hover:bg-accent group-focus:bg-accent" />
    </div>
  );
}
