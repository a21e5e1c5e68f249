import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { ItemRow } from '../../../src-main/contract/item-view';
import { useText } from '../../i18n/text';
import type { Sort } from '../../parts/table/columns';
import { Table } from '../../parts/table/Table';
import { type ItemQueryParams, idsOf, useItemRows } from '../../state/item-rows';
import { go } from '../../state/navigation';
import { createSelection } from '../../state/selection';
import { type Cancel, itemColumns } from './item-columns';
import { useQueueCommands } from './use-queue-commands';

export interface FileTableProps {
  readonly label: string;
  readonly which: Pick<ItemQueryParams, 'open' | 'dispositions'>;
  readonly firstSort: Sort;
  readonly held: boolean;
  readonly cancel: Cancel;
  readonly empty: ReactNode;
}

const SORTABLE = { time: 'time', name: 'name', size: 'size' } as const;
const isSortable = (by: string): by is keyof typeof SORTABLE => Object.hasOwn(SORTABLE, by);
const noFiles = () => 0;

/** Files of all submissions in one list. `which`: the same object as long as nothing changes. */
export function FileTable({ label, which, firstSort, held, cancel, empty }: FileTableProps) {
  const say = useText();
  const [sort, setSort] = useState(firstSort);
  const query = useMemo(
    (): ItemQueryParams => ({
      ...which,
      sort: { by: isSortable(sort.by) ? sort.by : 'time', descending: sort.descending },
    }),
    [which, sort],
  );
  const rows = useItemRows(query);
  const selection = useMemo(createSelection, []);
  const columns = useMemo(() => itemColumns(say, cancel, held), [say, cancel, held]);
  const actions = useQueueCommands(cancel, noFiles, held);
  const open = useCallback(({ id }: ItemRow) => go('results', id), []);
  return (
    <Table
      label={label}
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      sort={sort}
      onSort={setSort}
      selection={selection}
      allIds={() => idsOf(query)}
      actions={actions}
      onOpen={open}
      empty={empty}
    />
  );
}
