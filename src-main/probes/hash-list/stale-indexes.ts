import { join } from 'node:path';
import { PARTIAL_PREFIX } from '../../base/atomic-file';
import { systemClock } from '../../base/clock';
import { errnoOf } from '../../base/errors';
import { readdir, rm, stat } from '../../base/files';
import { DAY_MS, HOUR_MS } from '../../contract/durations';
import { indexNamePrefix } from './index-format';

/** Half-made files of this age are nobody's work any more. */
const OLD_PARTIAL_MS = HOUR_MS;
/** Indexes of lists that are configured nowhere are kept this long: a second configuration may share the folder. */
const UNUSED_MS = 30 * DAY_MS;

/**
 * Removes indexes of earlier states of the lists at `paths` (all but `current`), indexes that nobody used for 30 days,
 * and old half-made ones. Names are those of index-format; other files are left alone.
 */
export async function removeStaleIndexes(
  folder: string,
  paths: readonly string[],
  current: readonly string[],
): Promise<void> {
  const prefixes = paths.map(indexNamePrefix);
  for (const name of await readdir(folder)) {
    const isIndex = name.endsWith('.index');
    if (current.includes(name) || !(isIndex || name.startsWith(PARTIAL_PREFIX))) continue;
    const path = join(folder, name);
    const replaced = isIndex && prefixes.some((prefix) => name.startsWith(prefix));
    const age = systemClock.now() - (await modifiedMs(path));
    if (replaced || age > (isIndex ? UNUSED_MS : OLD_PARTIAL_MS)) await rm(path, { force: true });
  }
}

/** Time of last use; now for a file that has just gone. */
async function modifiedMs(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return systemClock.now();
    throw error;
  }
}
