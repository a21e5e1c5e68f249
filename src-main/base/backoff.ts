/**
 * Waiting time before attempt number `attempt` (1 = the first retry): doubles from `firstMs` up to `mostMs`, with full
 * jitter in its upper half, so that many waiting items do not come back at once.
 */
export function backoffMs(
  attempt: number,
  firstMs: number,
  mostMs: number,
  random: () => number = Math.random,
): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
