import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ListMistake, labelIn, MOST_LINE_BYTES, readList } from '../../../../src-main/probes/hash-list/read-list';
import { tempFolder } from '../../../support/temp-folder';

interface Taken {
  readonly hex: string;
  readonly offset: number;
  readonly line: number;
}

function read(content: string | Buffer): { taken: Taken[]; sha256: string } {
  const path = join(tempFolder(), 'list.txt');
  writeFileSync(path, content);
  const fd = openSync(path, 'r');
  const taken: Taken[] = [];
  const width = { md5: 16, sha1: 20, sha256: 32 };
  try {
    const sha256 = readList(fd, (algorithm, hash, offset, line) =>
      taken.push({ hex: hash.toString('hex', 0, width[algorithm]), offset, line }),
    );
    return { taken, sha256 };
  } finally {
    closeSync(fd);
  }
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex');

test('each hash comes with the number and the offset of its line, and the content with its SHA-256', () => {
  const [first, second, third] = [hex(16), hex(20), hex(32)];
  const text = `\ufeff# list\r\n${first}\r\n\r\nname,${second.toUpperCase()}\n${third}  a name`;
  const { taken, sha256 } = read(text);
  expect(taken.map(({ hex }) => hex)).toEqual([first, second, third]);
  expect(taken.map(({ line }) => line)).toEqual([2, 4, 5]);
  const bytes = Buffer.from(text);
  expect(taken.map(({ offset }) => offset)).toEqual([
    bytes.indexOf(first),
    bytes.indexOf('name,'),
    bytes.indexOf(third),
  ]);
  expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
});

test('a byte order mark before the first hash does not hide it', () => {
  const hash = hex(32);
  expect(read(`\ufeff${hash}\n`).taken).toMatchObject([{ hex: hash, line: 1 }]);
});

test('lines that lie across the borders of the pieces that are read are whole', () => {
  const lines: string[] = [];
  for (let size = 0; size < 3_500_000; ) {
    const line = `${hex([16, 20, 32][lines.length % 3] ?? 16)}  ${'n'.repeat(lines.length % 97)}x`;
    lines.push(line);
    size += line.length + 1;
  }
  const { taken } = read(`${lines.join('\n')}\n`);
  expect(taken.map(({ hex }) => hex)).toEqual(lines.map((line) => line.split(' ')[0]));
  expect(taken.at(-1)?.line).toBe(lines.length);
});

test('the first line without a hash stops the reading and is named', () => {
  const text = `${hex(32)}\n\n# fine\n${hex(32).slice(1)}\n${hex(32)}\n`;
  expect(() => read(text)).toThrowError(expect.objectContaining({ line: 4 }));
  expect(() => read(text)).toThrowError(ListMistake);
});

test('a line without an end is a mistake and not a matter of memory', () => {
  expect(() => read(`${hex(32)}\n${'x'.repeat(3 * MOST_LINE_BYTES)}`)).toThrowError(ListMistake);
  expect(() => read(`${hex(32)}\n${'x'.repeat(3_000_000)}`)).toThrowError(
    expect.objectContaining({ line: 2, message: `a line of more than ${MOST_LINE_BYTES} bytes` }),
  );
});

test('names may be any bytes', () => {
  const hash = hex(16);
  const name = Buffer.from([0xff, 0xfe, 0x41, 0x80]);
  const line = Buffer.concat([Buffer.from(`${hash}  `), name, Buffer.from('\n')]);
  expect(read(line).taken).toMatchObject([{ hex: hash }]);
  expect(labelIn(line, { algorithm: 'md5', hex: hash })).toEqual(name);
});

test('a line that no longer holds the hash gives no name', () => {
  expect(labelIn(Buffer.from(`${hex(16)}  other\n`), { algorithm: 'md5', hex: hex(16) })).toBeNull();
});
