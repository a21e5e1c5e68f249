import { entryPath } from '../../../base/entries';
import type { Bounds } from '../../bounded-command';

/** JavaScript objects of an unpacking child. */
const HEAP_MB = 192;
/** Everything it may write to in memory. V8 reserves 512 MiB of that for code and uses next to nothing of it: 448 MiB are left. */
const DATA_BYTES = 1024 * 1024 * 1024;

export const UNPACK_BOUNDS: Omit<Bounds, 'cpuSeconds'> = { dataBytes: DATA_BYTES };

/**
 * With more than this behind it a child takes no other file. Its bounds are for its whole life: that of memory includes
 * what files before have left, that of processor time is this much longer than what each file has.
 */
export const USED_BEFORE = { cpuSeconds: 1, keptBytes: 64 * 1024 * 1024, files: 500 };

/** The command that starts an unpacking child. `task`: `7zip`; without one it opens the files that it is asked to. */
export function unpackCommand(...task: string[]): readonly string[] {
  return [process.execPath, `--max-old-space-size=${HEAP_MB}`, entryPath('unpack-child'), ...task];
}
