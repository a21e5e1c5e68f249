import type { Logger } from 'pino';
import { messageOf } from '../base/errors';

/** Ends one thing that was opened. */
export type Closer = () => Promise<void> | void;

/**
 * Ends everything that was opened, in the order given, whatever fails: what stays open would keep the process alive.
 * Rejects at the end with the first failure.
 */
export async function closeAll(closers: readonly Closer[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closers) {
    try {
      await close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Ends everything as `closeAll` does because of `failure`, and rejects with that; what fails besides is logged. */
export async function closeAfter(failure: unknown, closers: readonly Closer[], log: Logger): Promise<never> {
  try {
    await closeAll(closers);
  } catch (error) {
    log.error({ problem: messageOf(error) }, 'after a failure, something could not be closed either');
  }
  throw failure;
}
