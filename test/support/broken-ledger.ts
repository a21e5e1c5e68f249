import { readFileSync, writeFileSync } from 'node:fs';

/** As a ledger's pages are made. */
const PAGE_BYTES = 4096;

/**
 * Flips the first bytes of every `nth` page of a database file, from its second such page on: what says of a page which
 * rows it holds. Returns how many pages.
 */
export function breakPages(path: string, nth: number): number {
  const bytes = readFileSync(path);
  let broken = 0;
  for (let page = nth; (page + 1) * PAGE_BYTES <= bytes.length; page += nth) {
    for (let at = page * PAGE_BYTES; at < page * PAGE_BYTES + 64; at += 1) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    broken += 1;
  }
  writeFileSync(path, bytes);
  return broken;
}
