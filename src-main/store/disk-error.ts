import { dirname } from 'node:path';
import { DropgateError, errnoOf } from '../base/errors';
import { statfsSync } from '../base/files';

/** SQLite needs room for its index of the log before it can say that there is none: with less left, the disk is full. */
const LEAST_FREE_BYTES = 1024 * 1024;

/**
 * A failure of the database at `path` that is its disk's (full, mounted read-only) as LEDGER_FAILED with the place and
 * what to do: nothing of it is damaged then. Any other error comes back as it is.
 */
export function asDiskError(error: unknown, path: string): unknown {
  const code = errnoOf(error) ?? '';
  const fail = (why: string) =>
    new DropgateError('LEDGER_FAILED', `${path} cannot be written: ${why}`, { cause: error });
  if (code === 'EROFS' || code.startsWith('SQLITE_READONLY'))
    return fail('it is mounted read-only; mount it for writing');
  const isFull = code === 'ENOSPC' || code === 'SQLITE_FULL' || (code.startsWith('SQLITE_IOERR') && !hasRoom(path));
  return isFull ? fail('the disk is full; make room there') : error;
}

function hasRoom(path: string): boolean {
  const { bavail, bsize } = statfsSync(dirname(path));
  return bavail * bsize >= LEAST_FREE_BYTES;
}
