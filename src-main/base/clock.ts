import { readFileSync } from 'node:fs';

/** Where time comes from, so that tests can set it. Milliseconds since 1970 and a monotonic millisecond counter. */
export interface Clock {
  now(): number;
  monotonic(): number;
}

/** The clock of the machine; set back or forward by what the file says that the fault suites name, in milliseconds. */
export const systemClock: Clock = {
  now: () => (SHIFT_FILE === undefined ? Date.now() : Date.now() + shift(SHIFT_FILE)),
  monotonic: () => performance.now(),
};

const SHIFT_FILE = process.env.DROPGATE_FAULT_CLOCK;
const shift = (file: string) => Number(readFileSync(file, 'utf8'));

/** Resolves after `ms`, rejects with the signal's reason when it aborts first. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}
