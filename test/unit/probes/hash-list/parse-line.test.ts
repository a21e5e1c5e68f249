import { expect, test } from 'vitest';
import { parseLine } from '../../../../src-main/probes/hash-list/parse-line';

const MD5 = '0123456789abcdef0123456789abcdef';
const SHA1 = '0123456789abcdef0123456789abcdef01234567';
const SHA256 = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';

function hashesIn(line: string, mayBeHeader = false): string[] {
  const parsed = parseLine(line, mayBeHeader);
  if (parsed.kind !== 'hashes') throw new Error(`${parsed.kind} in: ${line}`);
  return parsed.hashes.map(({ algorithm, hex }) => `${algorithm} ${hex}`);
}

function labelIn(line: string): string | null {
  const parsed = parseLine(line, false);
  return parsed.kind === 'hashes' ? parsed.label : null;
}

test('a plain hash is told by its length, in upper or lower case', () => {
  expect(hashesIn(MD5)).toEqual([`md5 ${MD5}`]);
  expect(hashesIn(SHA1.toUpperCase())).toEqual([`sha1 ${SHA1}`]);
  expect(hashesIn(`  ${SHA256}\r`)).toEqual([`sha256 ${SHA256}`]);
});

test('lines of sha256sum and md5sum give the hash and the name, whatever the name holds', () => {
  for (const line of [`${SHA256}  a b, c.exe`, `${SHA256} *a b, c.exe`, `\\${SHA256}  a b, c.exe`]) {
    expect(hashesIn(line)).toEqual([`sha256 ${SHA256}`]);
    expect(labelIn(line)).toBe('a b, c.exe');
  }
});

test('the hash is found in any column, quoted or not, and several hashes of a line all count', () => {
  expect(hashesIn(`2026-01-01,"evil, inc.",'${SHA256}',7`)).toEqual([`sha256 ${SHA256}`]);
  expect(hashesIn(`evil;${SHA1}`)).toEqual([`sha1 ${SHA1}`]);
  expect(hashesIn(`"2026", "${SHA256}", "${MD5}", "${SHA1}"`)).toEqual([
    `sha256 ${SHA256}`,
    `md5 ${MD5}`,
    `sha1 ${SHA1}`,
  ]);
  expect(hashesIn(`${MD5}\t${SHA1}\tname`)).toEqual([`md5 ${MD5}`, `sha1 ${SHA1}`]);
  expect(hashesIn(`SHA256 (a.exe) = ${SHA256}`)).toEqual([`sha256 ${SHA256}`]);
  expect(hashesIn(`${MD5} trojan, win32`)).toEqual([`md5 ${MD5}`]);
});

test('the name of a line with fields is the first field that reads like one', () => {
  expect(labelIn(`2026-01-01,"evil, inc.",${SHA256}`)).toBe('evil, inc.');
  expect(labelIn(SHA256)).toBeNull();
});

test('empty lines and comments say nothing', () => {
  for (const line of ['', ' \t', '# comment', '; comment', `#${MD5}`])
    expect(parseLine(line, false)).toEqual({ kind: 'nothing' });
});

test('titles of columns are fine before the first hash and a mistake after it', () => {
  for (const line of ['hash', 'name,sha256', '"first_seen","SHA256_hash"', 'SHA-1;MD5;CRC32']) {
    expect(parseLine(line, true)).toEqual({ kind: 'nothing' });
    expect(parseLine(line, false).kind).toBe('mistake');
  }
});

test('a hash that lost or gained a digit is a mistake even in the first line', () => {
  for (const line of [MD5.slice(1), `${SHA256}0`, `${SHA1.slice(1)}g`, `sha256,${SHA256.slice(2)}`])
    expect(parseLine(line, true).kind).toBe('mistake');
});

test('the cause of a mistake is told, with hidden characters visible', () => {
  expect(parseLine('not a \u009b hash', false)).toEqual({
    kind: 'mistake',
    cause: 'no MD5, SHA-1 or SHA-256 hash in "not a \\x9b hash"',
  });
  expect(parseLine('a'.repeat(128), false)).toMatchObject({ cause: expect.stringContaining('SHA-512') });
  expect(parseLine('a\0b\0', false)).toMatchObject({ cause: expect.stringContaining('UTF-16') });
});
