// What came to a destination, against what was put in.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { regularFiles } from '../support/corpus.mjs';

const sha256 = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** How many files lie below a folder. */
export function countFiles(folder) {
  let count = 0;
  for (const _ of regularFiles(folder)) count += 1;
  return count;
}

/**
 * Compares by path and SHA-256: {missed, twice, changed}. `nameOf(path below the destination)`: the path that the file had
 * below `source`.
 */
export function compareArrived(source, destination, nameOf) {
  const arrived = new Map();
  for (const { path } of regularFiles(destination)) {
    const name = nameOf(relative(destination, path));
    arrived.set(name, [...(arrived.get(name) ?? []), path]);
  }
  const result = { missed: 0, twice: 0, changed: 0 };
  for (const { path } of regularFiles(source)) {
    const copies = arrived.get(relative(source, path)) ?? [];
    if (copies.length === 0) result.missed += 1;
    if (copies.length > 1) result.twice += 1;
    if (copies.some((copy) => sha256(copy) !== sha256(path))) result.changed += 1;
  }
  return result;
}
