import { ProbeError } from '../base/errors';
import { afterRunning } from '../base/running-time';
import type { Probe, ScanContext, StagedItem } from '../probes/probe';

/**
 * One scan with `ms` for the probe's work on the item: its answer, or PROBE_TIMEOUT, also from a probe that does not
 * listen to its signal. Where scans queue inside the probe, waiting for the turn does not count; but nobody waits
 * longer than all scans that there can be before it may take. Time in which this process was stopped does not count.
 */
export function scanInTime(
  probe: Probe,
  item: StagedItem,
  context: Omit<ScanContext, 'begins'>,
  ms: number,
  signal: AbortSignal,
): Promise<unknown> {
  const { title, queues, concurrency } = probe.manifest;
  const deadline = new AbortController();
  // one promise by hand and no race: this is done for every job of every file
  return new Promise((resolve, reject) => {
    const endIn = (after: number, message: string) =>
      afterRunning(after, () => {
        const error = new ProbeError('PROBE_TIMEOUT', `${title} ${message} ${after / 1000} s`);
        end();
        deadline.abort(error);
        reject(error);
      });
    let stopWorking: (() => void) | undefined;
    let over = false;
    const begins = () => {
      stopWorking?.();
      if (!over) stopWorking = endIn(ms, 'did not answer within');
    };
    const relay = () => deadline.abort(signal.reason);
    const stopWaiting = queues ? endIn(ms * (concurrency + 1), 'had no time for this file within') : undefined;
    const end = () => {
      over = true;
      stopWaiting?.();
      stopWorking?.();
      signal.removeEventListener('abort', relay);
    };
    signal.addEventListener('abort', relay, { once: true });
    if (!queues) begins();
    const { limits, passwords, addChild, isOverLimit } = context;
    probe
      .scan(item, { begins, limits, passwords, addChild, isOverLimit }, deadline.signal)
      .finally(end)
      .then(resolve, reject);
  });
}
