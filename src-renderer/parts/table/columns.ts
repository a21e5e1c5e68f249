import {
  type ColumnDef,
  columnResizingFeature,
  columnSizingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type ReactNode, useMemo } from 'react';

/** One column of a table. */
export interface TableColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** Pixels. */
  readonly width: number;
  /** Takes the room that is left; one column of a table should. */
  readonly grow?: boolean;
  /** Numbers stand at the end. */
  readonly end?: boolean;
  /** What the list is sorted by when the person chooses this column; left out: it cannot be sorted. */
  readonly sortKey?: string;
  cell(row: Row): ReactNode;
  /** The same as text, for copies. */
  text(row: Row): string;
}

export interface Sort {
  readonly by: string;
  readonly descending: boolean;
}

const LEAST_WIDTH = 48;
const SELECT_WIDTH = 36;
const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
const NO_DATA: never[] = [];

/**
 * Columns and their widths. Rows are not given to the library: they live in the engine and come piece by piece, sorted
 * and filtered there.
 */
export function useColumns<Row>(columns: readonly TableColumn<Row>[], selectable: boolean) {
  const definitions = useMemo(
    () =>
      columns.map(
        ({ id, title, width }): ColumnDef<typeof features, never> => ({
          id,
          header: title,
          size: width,
          minSize: LEAST_WIDTH,
        }),
      ),
    [columns],
  );
  const table = useTable({ features, columns: definitions, data: NO_DATA, columnResizeMode: 'onChange' });
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const widths = headers.map((header, at) =>
    columns[at]?.grow === true ? `minmax(${header.getSize()}px, 1fr)` : `${header.getSize()}px`,
  );
  const least = headers.reduce((sum, header) => sum + header.getSize(), selectable ? SELECT_WIDTH : 0);
  return {
    template: [...(selectable ? [`${SELECT_WIDTH}px`] : []), ...widths].join(' '),
    least,
    headers: headers.map((header) => ({
      id: header.column.id,
      width: header.getSize(),
      startResize: header.getResizeHandler(),
      setWidth: (width: number) =>
        table.setColumnSizing((sizes) => ({ ...sizes, [header.column.id]: Math.max(LEAST_WIDTH, width) })),
      reset: () => header.column.resetSize(),
    })),
  };
}
export type HeaderModel = ReturnType<typeof useColumns>['headers'][number];
