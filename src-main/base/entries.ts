import { join } from 'node:path';

/** Programs of the build besides the one that runs: worker threads and children. Names as in electron.vite.config.ts. */
export type Entry =
  | 'intake-worker'
  | 'cart-worker'
  | 'folder-worker'
  | 'ledger-reader'
  | 'ledger-backup'
  | 'yara-child'
  | 'hash-index-child'
  | 'unpack-child';

/** File of an entry. Built chunks may lie one folder below; tests that run the sources set DROPGATE_ENTRIES. */
export function entryPath(entry: Entry): string {
  const folder = process.env.DROPGATE_ENTRIES ?? (__dirname.endsWith('chunks') ? join(__dirname, '..') : __dirname);
  return join(folder, `${entry}.js`);
}
