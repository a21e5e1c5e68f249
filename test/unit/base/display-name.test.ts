import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeHidden, nameOf } from '../../../src-main/base/display-name';

test('controls, bidi overrides and backslashes become visible', () => {
  expect(escapeHidden('a\nb\u202egpj.exe\\')).toBe('a\\nb\\u{202e}gpj.exe\\\\');
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
