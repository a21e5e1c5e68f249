import { useSyncExternalStore } from 'react';

const SECOND = 1000;
const clock = { now: Date.now(), timer: null as ReturnType<typeof setInterval> | null };
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (clock.timer === null) clock.now = Date.now();
  clock.timer ??= setInterval(() => {
    clock.now = Date.now();
    for (const tell of listeners) tell();
  }, SECOND);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || clock.timer === null) return;
    clearInterval(clock.timer);
    clock.timer = null;
  };
}

/** The time in milliseconds since 1970, in steps of `stepSeconds`: one clock for the whole window. */
export function useNow(stepSeconds = 1): number {
  const step = stepSeconds * SECOND;
  return useSyncExternalStore(subscribe, () => Math.floor(clock.now / step) * step);
}
