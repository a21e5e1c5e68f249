import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { scanArchive, texts } from './support';

/** A gzip file by python; the program gets `member(content, flags, fields)`, and says what `made` is. */
function pythonGzip(program: string): Buffer {
  const path = join(tempFolder(), 'made');
  const start = [
    'import sys, struct, zlib',
    'def member(content, flags=0, fields=b""):',
    '    packer = zlib.compressobj(9, 8, -15)',
    '    data = packer.compress(content) + packer.flush()',
    '    head = b"\\x1f\\x8b\\x08" + bytes([flags]) + bytes(5) + b"\\x03" + fields',
    '    return head + data + struct.pack("<II", zlib.crc32(content), len(content) & 0xffffffff)',
  ];
  execFileSync('python3', ['-c', `${start.join('\n')}\n${program}\nopen(sys.argv[1], 'wb').write(made)`, path]);
  return readFileSync(path);
}

/** A 7-Zip that tells what it can do, and opens nothing. */
function lazySevenZip(): string {
  const path = join(tempFolder(), '7zz');
  writeFileSync(path, '#!/bin/sh\n[ "$1" = i ] && exec 7zz i\nexit 2\n', { mode: 0o700 });
  return path;
}

describeWith(['7zz', 'python3'], 'a small gzip file', () => {
  it.each([
    ['with a name, a comment and more', 'made = member(b"text", 28, b"\\x03\\0abcname\\0comment\\0")', 'text'],
    ['of several members', 'made = member(b"one ") + member(b"") + member(b"two")', 'one two'],
    ['of nothing', 'made = member(b"")', ''],
    ['as large as may be', 'made = member(bytes(1 << 20))', '\0'.repeat(1024 * 1024)],
  ])('%s is opened by the engine itself', async (_what, program, content) => {
    const { coverage, children, report } = await scanArchive(pythonGzip(program), { sevenZip: lazySevenZip() });
    expect([coverage, texts(children)]).toEqual(['complete', { content }]);
    expect(report.unpacked).toEqual({ members: 1, decrypted: 0 });
  });

  it('that unpacks to more is opened too', async () => {
    const { coverage, children } = await scanArchive(pythonGzip('made = member(bytes((1 << 20) + 1))'));
    expect([coverage, children.map(({ bytes }) => bytes.length)]).toEqual(['complete', [1024 * 1024 + 1]]);
  });
});

describeWith(['7zz'], 'a small gzip file that is damaged', () => {
  const good = gzipSync(EICAR);
  const changed = (at: number) => good.map((byte, place) => (place === at ? byte ^ 1 : byte));
  it.each([
    ['has a wrong checksum', changed(good.length - 8)],
    ['has a wrong size', changed(good.length - 4)],
    ['has a byte behind it', Buffer.concat([good, Buffer.of(0)])],
    ['has zeros and a member behind it', Buffer.concat([good, Buffer.alloc(9), gzipSync('more')])],
    ['has half a member behind it', Buffer.concat([good, good.subarray(0, 3)])],
    ['has a damaged member behind it', Buffer.concat([good, good.subarray(0, good.length - 8), Buffer.alloc(8)])],
  ])('%s: it is not clean, and what came out of it is scanned', async (_what, bytes) => {
    const { coverage, found, children } = await scanArchive(bytes);
    expect([coverage, found]).toEqual(['partial', ['archive-damaged:info']]);
    expect(children[0]?.bytes.subarray(0, EICAR.length).equals(EICAR)).toBe(true);
  });
});
