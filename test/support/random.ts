/** Numbers that look random and are the same for the same seed, each a whole number from 0 to below `below`. */
export type Random = (below: number) => number;

/** mulberry32: what failed once can be made again from its seed. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** The seed of a fault suite: DROPGATE_FAULT_SEED, else another one each time. Printed, so that a failure can be made again. */
export function printedSeed(suite: string): number {
  const seed = Number(process.env.DROPGATE_FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`${suite}: DROPGATE_FAULT_SEED=${seed}`);
  return seed;
}
