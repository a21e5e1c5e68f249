import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeHidden, nameOf } from '../../../src-main/base/display-name';

test('controls, bidi overrides and backslashes become visible', () => {
  expect(escapeHidden('a\nb\u202egpj.exe\\')).toBe('a\\nb\\u{202e}gpj.exe\\\\');
});

test('characters that nobody sees become visible, but not those that choose the form of an emoji', () => {
  expect(escapeHidden('a\u00adb\u034f\u3164c\u{e0041}')).toBe('a\\xadb\\u{34f}\\u{3164}c\\u{e0041}');
  expect(escapeHidden('I ❤\ufe0f you')).toBe('I ❤\ufe0f you');
});

test('a name that is no UTF-8 keeps its bytes in base64 and shows each stray byte', () => {
  const name = nameOf(Buffer.from([0x61, 0xff, 0x62]));
  expect(name).toEqual({ display: 'a\\xffb', bytes: Buffer.from([0x61, 0xff, 0x62]).toString('base64') });
});

test('different names of any bytes are never shown alike', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), fc.uint8Array({ maxLength: 12 }), (left, right) => {
      const same = Buffer.from(left).equals(Buffer.from(right));
      const [one, two] = [nameOf(left), nameOf(right)];
      expect(one.display === two.display && one.bytes === two.bytes).toBe(same);
    }),
  );
});

test('valid stretches between stray bytes and cut sequences stay readable', () => {
  const name = Buffer.from([
    ...Buffer.from('é'),
    0xff,
    ...Buffer.from('€😀\n'),
    0xe2,
    0x82,
    0x41,
    0xed,
    0xa0,
    0x80,
    0xc3,
  ]);
  expect(nameOf(name).display).toBe('é\\xff€😀\\n\\xe2\\x82A\\xed\\xa0\\x80\\xc3');
});

test('the longest name that an archive can give a member is shown, whatever its bytes', () => {
  expect(nameOf(Buffer.alloc(0xffff, 0xff)).display).toBe('\\xff'.repeat(0xffff));
});
