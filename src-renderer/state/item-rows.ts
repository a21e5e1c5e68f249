import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { IpcParams } from '../../src-main/contract/ipc-schema';
import type { ItemRow, SubmissionRow } from '../../src-main/contract/item-view';
import { engine, messageOf } from '../bridge';
import { currentPulse, onPulse } from './pulse';
import { type ReadPiece, type RowSource, WindowedRows } from './windowed-rows';

export type ItemQueryParams = IpcParams<'items'>['query'];

function useWindowedRows<Row>(key: string, read: ReadPiece<Row>): RowSource<Row> {
  // `key` stands for everything that `read` depends on.
  const rows = useMemo(() => new WindowedRows<Row>(read, messageOf), [key]);
  useEffect(() => {
    let seen = currentPulse()?.revision.items;
    return onPulse((now) => {
      if (now === null || now.revision.items === seen) return;
      seen = now.revision.items;
      rows.changed();
    });
  }, [rows]);
  return useSyncExternalStore(rows.subscribe, rows.current);
}

/** Items that match, page by page as they come into sight, and again when the engine tells of changes. */
export function useItemRows(query: ItemQueryParams): RowSource<ItemRow> {
  return useWindowedRows<ItemRow>(`items ${JSON.stringify(query)}`, (offset, limit) =>
    engine('items', { query, offset, limit }),
  );
}

/** Submissions, newest first; `open`: only those that have not ended. */
export function useSubmissionRows(open: boolean): RowSource<SubmissionRow> {
  return useWindowedRows<SubmissionRow>(`submissions ${open}`, (offset, limit) =>
    engine('submissions', { offset, limit, open }),
  );
}

/** Ids of all items that match, at most 10,000, for "select all". */
export async function idsOf(query: ItemQueryParams): Promise<string[]> {
  return (await engine('item-ids', { query })).ids;
}
