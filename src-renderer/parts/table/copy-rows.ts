import type { TableColumn } from './columns';

/** Text that a spreadsheet would take for a formula gets an apostrophe; tabs and line ends would break the table. */
function safeCell(text: string): string {
  const flat = text.replaceAll(/[\t\r\n]+/g, ' ');
  return /^[=+\-@]/.test(flat) ? `'${flat}` : flat;
}

/** A table with its titles, for spreadsheets. */
export function rowsAsTsv<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map((column) => safeCell(column.text(row))).join('\t'));
  return [columns.map(({ title }) => safeCell(title)).join('\t'), ...lines].join('\n');
}

/** Every known field of the rows, not only those that are shown. */
export function rowsAsJson(rows: readonly unknown[]): string {
  return JSON.stringify(rows, null, 2);
}
