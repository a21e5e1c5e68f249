import { setTimeout } from 'node:timers/promises';

const MOMENT_MS = 2000;

/** Resolves when the work is done, or without it after two seconds: it may hang, in a folder on a network. Rejects as the work does. */
export async function withinMoment(work: Promise<unknown> | null): Promise<void> {
  await Promise.race([work, setTimeout(MOMENT_MS, undefined, { ref: false })]);
}
