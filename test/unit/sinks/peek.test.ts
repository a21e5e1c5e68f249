import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeCart } from '../../../src-main/sinks/cart/encode';
import { peekCart } from '../../../src-main/sinks/cart/peek';
import { peekHeld } from '../../../src-main/sinks/held/peek';
import { tempFolder } from '../../support/temp-folder';

const BYTES = randomBytes(1_000_000);
const PIECES: [number, number][] = [
  [0, 10],
  [0, 65_536],
  [262_140, 10],
  [999_990, 65_536],
  [1_000_000, 10],
  [5_000_000, 10],
];

async function stored(bytes: Buffer) {
  const folder = tempFolder();
  const plain = join(folder, 'plain');
  const cart = join(folder, 'file.cart');
  writeFileSync(plain, bytes);
  return { folder, plain, cart };
}

describe('a piece of a kept file', () => {
  it.each(PIECES)('from %i on, %i bytes, is the same held or quarantined', async (offset, length) => {
    const { folder, plain, cart } = await stored(BYTES);
    await encodeCart({
      source: Buffer.from(plain),
      destination: Buffer.from(cart),
      mode: 0o600,
      header: {},
      expectedSha256: createHash('sha256').update(BYTES).digest('hex'),
    });
    const before = readdirSync(folder);
    const expected = BYTES.subarray(offset, offset + length);
    for (const peeked of [
      await peekCart({ source: Buffer.from(cart), offset, length }),
      await peekHeld(Buffer.from(plain), offset, length),
    ]) {
      expect(peeked.size).toBe(BYTES.length);
      expect(Buffer.from(peeked.bytes).equals(expected)).toBe(true);
    }
    expect(readdirSync(folder)).toEqual(before); // nothing is written anywhere
  });

  it('of a file that is gone is an error, not nothing', async () => {
    const source = Buffer.from(join(tempFolder(), 'gone'));
    await expect(peekCart({ source, offset: 0, length: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(peekHeld(source, 0, 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of a damaged file is an error', async () => {
    const { plain } = await stored(randomBytes(4096));
    const asked = peekCart({ source: Buffer.from(plain), offset: 0, length: 1 });
    await expect(asked).rejects.toMatchObject({ code: 'INTEGRITY' });
  });
});
