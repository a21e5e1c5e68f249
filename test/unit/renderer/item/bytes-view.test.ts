import { describe, expect, test } from 'vitest';
import { hexLines, offsetOf, stringsOf, textOf } from '../../../../src-renderer/parts/item-acts/bytes-view';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('bytes of a kept file as text', () => {
  test('hex shows sixteen bytes a line with their place in the file, and nothing but dots for what cannot be printed', () => {
    const lines = hexLines(
      Uint8Array.from([0x4d, 0x5a, 0x00, 0x1b, ...Array.from({ length: 13 }, () => 0x41)]),
      0x4000,
    ).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^00004000 {2}4d 5a 00 1b 41 41 41 41 {2}41/);
    expect(lines[0]).toMatch(/MZ\.\.A{12}$/);
    expect(lines[1]).toMatch(/^00004010 {2}41 +A$/);
  });

  test('strings are found in one byte a character and in two, in the order of their places', () => {
    const wide = [...'cmd.exe'].flatMap((character) => [character.charCodeAt(0), 0]);
    const found = stringsOf(Uint8Array.from([1, 2, ...bytes('http'), 0xff, ...wide, 0xff, ...bytes('abc')]), 0);
    expect(found.split('\n')).toEqual(['00000002  http', '00000007  cmd.exe']);
  });

  test('text shows what would hide or turn it as an escape, and keeps its lines', () => {
    expect(textOf(bytes('a\r\nb\tc\u202egpj.exe\u0000'))).toBe('a\nb\tc\\u{202e}gpj.exe\\x00');
  });

  test('text is UTF-16 where its mark says so', () => {
    expect(textOf(Uint8Array.from([0xff, 0xfe, 0x41, 0, 0x42, 0]))).toBe('AB');
  });

  test('a place is a number, decimal or hexadecimal', () => {
    expect([offsetOf(' 4096 '), offsetOf('0x10'), offsetOf('-1'), offsetOf('ten'), offsetOf('')]).toEqual([
      4096,
      16,
      null,
      null,
      null,
    ]);
  });
});
