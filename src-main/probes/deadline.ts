import { ProbeError } from '../base/errors';
import { afterRunning } from '../base/running-time';
import { untilAborted } from '../base/until-aborted';

/** What an aborted signal means to the caller of a probe: its own ProbeError, else CANCELLED. */
export function abortError(signal: AbortSignal): ProbeError {
  if (signal.reason instanceof ProbeError) return signal.reason;
  return new ProbeError('CANCELLED', 'the scan was cancelled', { cause: signal.reason });
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw abortError(signal);
}

/** What `promise` comes to, unless the signal aborts first. The work behind it goes on, and may fail unheard. */
export function whileWanted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return untilAborted(promise, signal, abortError);
}

/** Runs `work` with a signal that aborts with `signal`, or with PROBE_TIMEOUT of `who` after `ms` of running time. */
export async function withDeadline<T>(
  who: string,
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  throwIfAborted(signal);
  const controller = new AbortController();
  const relay = () => controller.abort(abortError(signal));
  const late = () => controller.abort(new ProbeError('PROBE_TIMEOUT', `${who} did not answer within ${ms / 1000} s`));
  const stop = afterRunning(ms, late);
  signal.addEventListener('abort', relay, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    stop();
    signal.removeEventListener('abort', relay);
  }
}
