import { ArrowLeft, Maximize2, MousePointerClick, X } from 'lucide-react';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ItemPage, ItemRow } from '../../../src-main/contract/item-view';
import { useText } from '../../i18n/text';
import { act } from '../../state/act';
import { type Command, useCommands } from '../../state/commands';
import { onGone } from '../../state/leaving';
import { go, type View } from '../../state/navigation';
import { forget, type SelectionStore } from '../../state/selection';
import type { RowSource } from '../../state/windowed-rows';
import { Button } from '../Button';
import { EmptyState } from '../EmptyState';
import { ItemPane } from '../item/ItemPane';
import { SplitPane } from '../SplitPane';
import type { Sort, TableColumn } from '../table/columns';
import { Table } from '../table/Table';
import { useCalm } from '../use-calm';
import { type ItemActs, scanAgain } from './use-item-acts';

const CALM_MS = 60;
/** From this width on a pane stands beside the table for a chosen file without being asked for. */
const ROOM_FOR_PANE = 1100;

const rowId = ({ id }: ItemRow) => id;
const rowName = ({ name }: ItemRow) => name;
const retryPage = ({ item }: ItemPage) => act(() => scanAgain([item.id]));

interface ItemBrowserProps {
  readonly view: View;
  readonly label: string;
  readonly columns: readonly TableColumn<ItemRow>[];
  readonly rows: RowSource<ItemRow>;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly selection: SelectionStore;
  readonly allIds: () => Promise<readonly string[]>;
  readonly acts: ItemActs;
  /** Of the selected rows. */
  readonly actions: (ids: readonly string[]) => readonly Command[];
  /** What Space does; left out: it opens and closes the pane. */
  readonly onPreview?: (row: ItemRow) => void;
  /** Null: as wide as the window allows. */
  readonly pane: boolean | null;
  readonly onPane: (open: boolean) => void;
  readonly empty: ReactNode;
}

/** Files in a table, the one where the keyboard stands beside it. */
export function ItemBrowser({ view, acts, pane, onPane, onPreview, selection, rows, ...table }: ItemBrowserProps) {
  const say = useText();
  const active = useStore(selection, (state) => state.active);
  const id = useCalm(active < 0 ? null : (rows.at(active)?.id ?? null), CALM_MS);
  useEffect(() => onGone((ids) => forget(selection, ids)), [selection]);
  const open = (pane ?? (id !== null && window.innerWidth >= ROOM_FOR_PANE)) && rows.total > 0;
  const toggle = useMemo(
    (): Command => ({
      id: 'item.pane',
      title: say(open ? 'item.hidePane' : 'item.showPane'),
      group: say('group.window'),
      keys: ['i'],
      run: () => onPane(!open),
    }),
    [say, open, onPane],
  );
  useCommands(useMemo(() => [toggle], [toggle]));
  return (
    <SplitPane
      label={say('item.page')}
      pane={
        !open ? null : id === null ? (
          <EmptyState icon={MousePointerClick} title={say('item.choose')} />
        ) : (
          <ItemPane
            id={id}
            commandsOf={acts.forPage}
            onRetry={retryPage}
            top={
              <div className="flex justify-end gap-1 px-2 pt-1">
                <Button kind="quiet" icon={Maximize2} aria-label={say('item.full')} onClick={() => go(view, id)} />
                <Button kind="quiet" icon={X} aria-label={say('item.hidePane')} onClick={() => onPane(false)} />
              </div>
            }
          />
        )
      }
    >
      <Table
        {...table}
        rows={rows}
        rowId={rowId}
        rowName={rowName}
        selection={selection}
        onOpen={(row) => go(view, row.id)}
        onPreview={onPreview ?? (() => onPane(!open))}
      />
    </SplitPane>
  );
}

/** One item alone; Escape and the first button go back to the list. */
export function ItemAlone({ view, id, acts }: { readonly view: View; readonly id: string; readonly acts: ItemActs }) {
  const say = useText();
  return (
    <div className="flex h-full min-h-0 flex-col">
      <ItemPane
        key={id}
        id={id}
        alone
        commandsOf={acts.forPage}
        onRetry={retryPage}
        top={
          <div className="flex px-2 pt-2">
            <Button kind="quiet" icon={ArrowLeft} onClick={() => go(view)}>
              {say('item.back')}
            </Button>
          </div>
        }
      />
    </div>
  );
}
