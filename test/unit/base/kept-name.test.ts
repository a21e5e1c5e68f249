import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptName } from '../../../src-main/base/kept-name';

/** A file name as a file system may hand it over: 1 to 255 bytes, neither NUL nor `/`. */
const fileName = fc
  .uint8Array({ minLength: 1, maxLength: 255 })
  .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0 || byte === 0x2f ? 0x61 : byte))));
const longName = fc
  .tuple(fileName, fc.integer({ min: 200, max: 255 }))
  .map(([bytes, length]) => Buffer.concat([Buffer.alloc(200, 'é'), bytes]).subarray(0, length));
const anyName = fc.oneof(fileName, longName);
const suffix = fc.constantFrom('', '.cart', '.report.json');
const number = fc.option(fc.integer({ min: 1, max: 2 ** 50 }).map(String), { nil: null });

describe('keptName', () => {
  it('leaves a name that fits as it is, with its suffix', () => {
    expect(keptName(Buffer.from('a.pdf'), '.report.json').toString()).toBe('a.pdf.report.json');
    expect(keptName(Buffer.alloc(255, 'x'), '')).toEqual(Buffer.alloc(255, 'x'));
  });

  it.each([
    ['a.pdf', 'a (7).pdf.cart'],
    ['a', 'a (7).cart'],
    ['.profile', '.profile (7).cart'],
    ['a.tar.gz', 'a.tar (7).gz.cart'],
    ['a.', 'a (7)..cart'],
  ])('puts the number of %j before its extension', (name, expected) => {
    expect(keptName(Buffer.from(name), '.cart', '7').toString()).toBe(expected);
  });

  it('cuts a name between characters and marks it with a hash of the whole', () => {
    const cut = keptName(Buffer.from('é'.repeat(127)), '.report.json');
    expect(cut.toString()).toMatch(/^é+~[0-9a-f]{12}\.report\.json$/);
    expect(cut.length).toBeLessThanOrEqual(255);
  });

  it('is never longer than a file system takes, and a plain name inside its folder', () => {
    fc.assert(
      fc.property(anyName, suffix, number, (name, ending, given) => {
        const kept = keptName(name, ending, given);
        expect(kept.length).toBeLessThanOrEqual(255);
        expect(kept.length).toBeGreaterThan(0);
        expect(kept.includes(0x2f) || kept.includes(0)).toBe(false);
        expect(kept.subarray(kept.length - ending.length).toString()).toBe(ending);
      }),
    );
  });

  it('is the same for the same input, and different for different names', () => {
    fc.assert(
      fc.property(anyName, anyName, suffix, number, (one, other, ending, given) => {
        expect(keptName(one, ending, given)).toEqual(keptName(Buffer.from(one), ending, given));
        expect(keptName(one, ending, given).equals(keptName(other, ending, given))).toBe(one.equals(other));
      }),
    );
  });

  it('keeps long names apart that differ only in what is cut away', () => {
    fc.assert(
      fc.property(longName, suffix, (name, ending) => {
        const changed = Buffer.from(name);
        changed[changed.length - 1] = (changed.at(-1) ?? 0) === 0x62 ? 0x63 : 0x62;
        expect(keptName(name, ending).equals(keptName(changed, ending))).toBe(false);
      }),
    );
  });

  it('keeps a small name apart for every number', () => {
    fc.assert(
      fc.property(anyName, fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 10_000 }), (name, a, b) => {
        expect(keptName(name, '', String(a)).equals(keptName(name, '', String(b)))).toBe(a === b);
      }),
    );
  });
});
