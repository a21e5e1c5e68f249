import { describe, expect, test } from 'vitest';
import { escapeHidden } from '../../../../src-main/base/display-name';
import {
  distinctNames,
  fromBase64,
  pathBytes,
  pathInFolder,
  safeFileName,
  unescaped,
} from '../../../../src-renderer/format/paths';

const text = (base64: string) => new TextDecoder().decode(fromBase64(base64));

describe('paths that go back to the engine and the shell', () => {
  test.each(['plain.txt', 'line\nbreak.txt', 'back\\slash\\n.txt', 'photo\u202egpj.exe', 'été 🏖️ \u0007'])(
    'what the engine showed escaped gets its own bytes back: %j',
    (name) => {
      expect(unescaped(escapeHidden(name))).toBe(name);
      expect(text(pathBytes(escapeHidden(name), null))).toBe(name);
    },
  );

  test('bytes that are no UTF-8 are handed on as they are', () => {
    expect(pathBytes('a\\xff', 'Yf8=')).toBe('Yf8=');
  });

  test.each([
    ['../../etc/passwd', '__.._etc_passwd'],
    ['C:\\run.exe', 'C__run.exe'],
    ['...', '_'],
    ['a.txt ', 'a.txt_'],
    ['', '_'],
  ])('a suggested name cannot leave its folder or mean a device: %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  test('a name that is too long keeps its ending and whole characters', () => {
    const name = safeFileName(`${'é'.repeat(300)}.pdf`);
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200);
    expect(name).toMatch(/^é+\.pdf$/);
  });

  test('two files with one name get two, whatever their case', () => {
    const names = ['a.txt', 'A.TXT', 'a.txt', 'noend', 'a (3).txt'].map(distinctNames());
    expect(names).toEqual(['a.txt', 'A (2).TXT', 'a (3).txt', 'noend', 'a (3) (2).txt']);
  });

  test('a file in a chosen folder has one separator of the platform', () => {
    expect(text(pathInFolder(btoa('/home/ana'), 'a.txt', 'linux'))).toBe('/home/ana/a.txt');
    expect(text(pathInFolder(btoa('/'), 'a.txt', 'linux'))).toBe('/a.txt');
    expect(text(pathInFolder(btoa('C:\\in'), 'a.txt', 'win32'))).toBe('C:\\in\\a.txt');
  });
});
