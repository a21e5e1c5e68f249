import fc from 'fast-check';

/** Places are drawn in so many parts of a file. */
const PARTS = 1_000_000;

const mutation = fc.record({
  kind: fc.constantFrom('flip', 'flip', 'flip', 'cut', 'double', 'insert', 'truncate'),
  // not a double: those are drawn from all that there are, of which nearly all are next to 0
  place: fc.nat(PARTS - 1),
  length: fc.integer({ min: 1, max: 200 }),
  byte: fc.oneof(fc.constantFrom(0, 1, 0x0a, 0x0d, 0x2d, 0x3d, 0x7f, 0xff), fc.nat(255)),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(file: Buffer, { kind, place, length, byte }: Mutation): Buffer {
  const at = Math.floor((place / PARTS) * file.length);
  const [before, after] = [file.subarray(0, at), file.subarray(at)];
  if (kind === 'flip') return Buffer.concat([before, Buffer.of(byte), after.subarray(1)]);
  if (kind === 'cut') return Buffer.concat([before, after.subarray(length)]);
  if (kind === 'double') return Buffer.concat([before, after.subarray(0, length), after]);
  if (kind === 'truncate') return before;
  return Buffer.concat([before, Buffer.alloc(length, byte), after]);
}

/** A file after one to four changes: bytes flipped, pieces cut out, doubled or put in, the end cut off. */
export function mutated(file: Buffer): fc.Arbitrary<Buffer> {
  return fc.array(mutation, { minLength: 1, maxLength: 4 }).map((mutations) => mutations.reduce(mutate, file));
}
