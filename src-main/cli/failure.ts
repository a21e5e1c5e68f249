import { DropgateError, errnoOf, messageOf } from '../base/errors';
import type { ErrorCode } from '../contract/error-codes';
import { paintError, sayNow } from './print';

/** What a person can do next, where the message does not say it already. */
const NEXT: Partial<Record<ErrorCode, string>> = {
  LEDGER_LOCKED: 'wait for the other engine to end, or name another --data-dir',
  ENGINE_GONE: 'run the command again; what was taken is in the ledger and goes on',
  INTERNAL: 'run it again with --debug and report what it prints',
  BAD_USAGE: 'dropgate --help',
};

const NEXT_ERRNO: Record<string, string> = {
  EACCES: 'check the permissions, or name another --data-dir',
  EPERM: 'check the permissions, or name another --data-dir',
  ENOTDIR: 'a part of that path is a file: name another folder',
  EROFS: 'the file system is read-only: name another --data-dir',
  ENOSPC: 'the disk is full: free some space, then run it again',
  EMFILE: 'too many open files: raise the limit (ulimit -n)',
};

/** Ends the process at once with 2, after saying why: nothing that it holds can be used any more, all that is durable is safe. */
export function endWith(error: unknown, debug: boolean): never {
  process.exit(reportFailure(error, debug));
}

/** Says what failed, why and what to do next, and returns the exit code 2. Stack traces only with --debug. */
export function reportFailure(error: unknown, debug: boolean): number {
  const code = error instanceof DropgateError ? error.code : null;
  const next = (code === null ? NEXT_ERRNO[errnoOf(error) ?? ''] : NEXT[code]) ?? null;
  sayNow(`${paintError.red('dropgate:')} ${messageOf(error)}`);
  if (next !== null) sayNow(`  next: ${next}`);
  if (debug && error instanceof Error) sayNow(describeWithCauses(error));
  return 2;
}

function describeWithCauses(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by: ${describeWithCauses(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
