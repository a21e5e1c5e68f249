import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useId, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/text';
import { type Command, useCommands } from '../../state/commands';
import { chooseNone, createSelection, type SelectionStore } from '../../state/selection';
import type { RowSource } from '../../state/windowed-rows';
import { Banner } from '../Banner';
import { Button } from '../Button';
import { ContextMenu } from '../Menu';
import { Spinner } from '../Spinner';
import { BulkBar } from './BulkBar';
import { type Sort, type TableColumn, useColumns } from './columns';
import { HeaderRow } from './HeaderRow';
import { TableRow } from './TableRow';
import { TableControl, type TableNow } from './table-control';
import { useTableCommands } from './use-table-commands';

export interface TableProps<Row> {
  readonly label: string;
  /** The same array as long as nothing changes: each change draws every row again. */
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: RowSource<Row>;
  rowId(row: Row): string;
  /** What a row is called, for screen readers. */
  rowName(row: Row): string;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  /** Left out: rows cannot be selected. */
  readonly selection?: SelectionStore;
  /** "Select all" where the list is long; see `idsOf`. */
  readonly allIds?: () => Promise<readonly string[]>;
  /** What can be done with the selected ids: bulk bar, context menu and keys are made from it. */
  readonly actions?: (ids: readonly string[]) => readonly Command[];
  readonly onOpen?: (row: Row) => void;
  readonly onPreview?: (row: Row) => void;
  /** Shown when there is no row. */
  readonly empty: ReactNode;
  readonly compact?: boolean;
  /** False where another table of the view has the keyboard. */
  readonly byKey?: boolean;
}

const ROW = 32;
const COMPACT_ROW = 26;
const HEADER = 32;
const SLOT_STEP = 16;
const NO_COMMANDS: readonly Command[] = [];
const NO_IDS: readonly string[] = [];

/** Rows of any number: only those in sight exist, and only they are read. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, sort, onSort, empty, actions, compact = false, byKey = true } = props;
  const say = useText();
  const baseId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const own = useMemo(createSelection, []);
  const selection = props.selection ?? own;
  const selectable = props.selection !== undefined;
  const model = useColumns(columns, selectable);
  const virtual = useVirtualizer({
    count: rows.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => (compact ? COMPACT_ROW : ROW),
    overscan: 10,
    paddingStart: HEADER,
    scrollPaddingStart: HEADER,
  });
  const seen = virtual.getVirtualItems();
  const first = seen[0]?.index ?? 0;
  // A row that leaves at one end is used again for the one that comes in at the other.
  const slots = Math.ceil(seen.length / SLOT_STEP + 1) * SLOT_STEP;
  const last = seen.at(-1)?.index ?? 0;
  const { want } = rows;
  useEffect(() => want(first, last), [want, first, last]);

  const show = useCallback(
    (index: number) => {
      virtual.scrollToIndex(index);
      // a row that keys chose is one for screen readers and the menu key too
      if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
    },
    [virtual],
  );
  const now = useRef<TableNow<Row>>({ ...props, selection, show });
  now.current = { ...props, selection, show };
  const control = useMemo(() => new TableControl<Row>(() => now.current), []);
  const ids = useStore(selection, (state) => state.ids);
  const active = useStore(selection, (state) => state.active);
  const chosen = useMemo(() => (ids.size === 0 ? NO_IDS : [...ids]), [ids]);
  const commands = useMemo(() => (chosen.length > 0 ? actions?.(chosen) : undefined) ?? NO_COMMANDS, [actions, chosen]);
  useCommands(byKey ? commands : NO_COMMANDS, 'part');
  const copies = useTableCommands(control, selection, { selectable, some: chosen.length > 0, byKey });
  const menu = useMemo(() => (selectable ? [...commands, ...copies] : NO_COMMANDS), [commands, copies, selectable]);

  const isReading = rows.state === 'first' && rows.problem === null;
  const wasShown = useRef(false);
  wasShown.current ||= !isReading;
  // later readings (another order, another search) leave the grid where it is, and the focus in it
  if (!wasShown.current) return <Spinner />;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {rows.problem !== null && (
        <Banner tone="infected" actions={<Button onClick={rows.retry}>{say('parts.retry')}</Button>}>
          {say('parts.loadFailed', { problem: rows.problem })}
        </Banner>
      )}
      {rows.total === 0 && rows.state === 'ready' ? (
        empty
      ) : (
        <ContextMenu commands={menu}>
          <div
            ref={scroller}
            role="grid"
            tabIndex={0}
            aria-label={label}
            aria-rowcount={rows.total + 1}
            aria-colcount={columns.length + (selectable ? 1 : 0)}
            aria-multiselectable={selectable}
            aria-busy={isReading}
            aria-activedescendant={active >= first && active <= last ? `${baseId}-${active}` : undefined}
            className="relative min-h-0 flex-1 overflow-auto border-t border-line bg-surface outline-offset-[-2px]"
          >
            <div className="relative" style={{ height: virtual.getTotalSize(), minWidth: model.least }}>
              <HeaderRow
                columns={columns}
                headers={model.headers}
                template={model.template}
                sort={sort}
                onSort={onSort}
                all={
                  selectable
                    ? {
                        checked: rows.total > 0 && ids.size >= rows.total,
                        some: ids.size > 0,
                        onChange: () => (ids.size > 0 ? chooseNone(selection) : void control.chooseAll()),
                      }
                    : undefined
                }
              />
              {seen.map((item) => {
                const row = rows.at(item.index);
                return (
                  <TableRow
                    key={item.index % slots}
                    row={row}
                    id={row === undefined ? null : props.rowId(row)}
                    name={row === undefined ? '' : props.rowName(row)}
                    index={item.index}
                    domId={`${baseId}-${item.index}`}
                    style={{
                      height: item.size,
                      transform: `translateY(${item.start}px)`,
                      gridTemplateColumns: model.template,
                    }}
                    columns={columns}
                    selection={selection}
                    selectable={selectable}
                    gestures={control.gestures}
                  />
                );
              })}
            </div>
          </div>
        </ContextMenu>
      )}
      {isReading && (
        <div className="absolute inset-x-0 top-8">
          <Spinner />
        </div>
      )}
      {chosen.length > 1 && (
        <BulkBar count={chosen.length} commands={commands} more={copies} onNone={() => chooseNone(selection)} />
      )}
    </div>
  );
}
