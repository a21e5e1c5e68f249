import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { crc32, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { EICAR } from '../../../support/temp-folder';
import { CONTAINERS, make } from './containers';
import { type Child, scanArchive, zipOf } from './support';

const SCRIPT = Buffer.from('#!/bin/sh\ntail -n +3 "$0" | tar -x\nexit\n');
const PROGRAM = readFileSync(process.execPath).subarray(0, 100_000);
const STRAY = Buffer.from('93f00c51d2', 'hex');
/** Told by the start of a file only. */
const AT_START_ONLY = ['tar (v7) by bsdtar'];

/** Whether EICAR comes out of a file through all its layers, each scanned on its own. */
async function gives(bytes: Buffer): Promise<boolean> {
  if (bytes.equals(EICAR)) return true;
  const { children } = await scanArchive(bytes);
  for (const child of children) if (await gives(child.bytes)) return true;
  return false;
}

const namesOf = (children: readonly Child[]) => children.map(({ name }) => name);

for (const made of CONTAINERS.filter(({ kind }) => !AT_START_ONLY.includes(kind))) {
  describeWith([made.needs, '7zz'], `${made.kind} behind other bytes`, () => {
    it('is a child that is opened, whatever lies before it', async () => {
      const archive = make(made);
      for (const front of [SCRIPT, PROGRAM, STRAY]) {
        const { children } = await scanArchive(Buffer.concat([front, archive]));
        expect(namesOf(children)).toContain(`bytes-at-${front.length}`);
        expect(await gives(children.find(({ name }) => name === `bytes-at-${front.length}`)?.bytes ?? front)).toBe(
          true,
        );
      }
    });
  });
}

for (const made of CONTAINERS) {
  describeWith([made.needs, '7zz'], `${made.kind} with another archive behind its end`, () => {
    it('is not clean, or gives what is in the other', async () => {
      const { coverage, children } = await scanArchive(Buffer.concat([make(made), gzipSync('another'), STRAY]));
      const others = children.filter(({ name }) => name.startsWith('bytes-at-'));
      expect([coverage !== 'complete', others.length > 0]).toContain(true);
    });
  });
}

describe('packed bytes behind other bytes', () => {
  const content = randomBytes(300_000);

  it('are cut where they end, with all that follow each other without a gap', async () => {
    for (const packed of [
      gzipSync(EICAR),
      Buffer.concat([gzipSync(EICAR.subarray(0, 30)), gzipSync(EICAR.subarray(30))]),
      gzipSync(content),
      zstdCompressSync(EICAR),
      Buffer.concat([zstdCompressSync(EICAR.subarray(0, 30)), zstdCompressSync(EICAR.subarray(30))]),
      zstdCompressSync(content),
    ]) {
      const { coverage, children } = await scanArchive(Buffer.concat([PROGRAM, packed, SCRIPT]));
      expect([coverage, namesOf(children)]).toEqual(['complete', [`bytes-at-${PROGRAM.length}`]]);
      expect(children[0]?.bytes).toEqual(packed);
    }
  });

  it('that are damaged or cut off, but give something, are children to the end of the file', async () => {
    const wrongSum = gzipSync(EICAR);
    wrongSum.writeUInt32LE(1, wrongSum.length - 8);
    const wrongSize = zstdCompressSync(EICAR, { pledgedSrcSize: EICAR.length });
    wrongSize.writeUInt8(255, 5);
    for (const packed of [
      wrongSum,
      wrongSize,
      gzipSync(content).subarray(0, -10),
      zstdCompressSync(content).subarray(0, -10),
    ]) {
      const { children } = await scanArchive(Buffer.concat([PROGRAM, packed]));
      expect(children.map(({ bytes }) => bytes)).toEqual([packed]);
      expect((await scanArchive(packed)).coverage).not.toBe('complete');
    }
  });

  it('are found where the sign lies across two pieces of the search', async () => {
    for (let before = 1024 * 1024 - 6; before <= 1024 * 1024 + 1; before += 1) {
      const { children } = await scanArchive(Buffer.concat([Buffer.alloc(before, 'x'), zstdCompressSync(EICAR)]));
      expect(namesOf(children)).toEqual([`bytes-at-${before}`]);
    }
  });
});

describeWith(['xz', 'bzip2'], 'XZ and bzip2 behind other bytes', () => {
  const by = (program: string, content: Buffer) => execFileSync(program, ['-c'], { input: content });

  it('XZ is cut where it ends, with all streams that follow each other without a gap', async () => {
    const two = Buffer.concat([by('xz', EICAR.subarray(0, 30)), by('xz', EICAR.subarray(30))]);
    for (const packed of [by('xz', EICAR), two, by('xz', randomBytes(300_000))]) {
      const { coverage, children } = await scanArchive(Buffer.concat([PROGRAM, packed, SCRIPT]));
      expect([coverage, namesOf(children)]).toEqual(['complete', [`bytes-at-${PROGRAM.length}`]]);
      expect(children[0]?.bytes).toEqual(packed);
    }
  });

  it('bzip2 as text in a program is none, since its tables cannot be', async () => {
    const packed = by('bzip2', randomBytes(3000));
    const text = Buffer.from(
      packed.toString('latin1').replace(/[^ -~]/g, (byte) => `\\${byte.charCodeAt(0).toString(8)}`),
    );
    expect(await scanArchive(Buffer.concat([SCRIPT, text]))).toMatchObject({ coverage: 'complete', children: [] });
    expect((await scanArchive(Buffer.concat([SCRIPT, packed]))).children.length).toBe(1);
  });
});

describeWith(['bsdtar', 'jlha', 'genisoimage'], 'an archive with a sign at each of its members', () => {
  const names = Array.from({ length: 40 }, (_, at) => `note${at}.txt`);
  const madeBy = (...command: string[]) =>
    make({ commands: [['sh', '-c', `for n in ${names.join(' ')}; do echo $n > $n; done`], command] });

  it.each<[string, () => Buffer]>([
    ['tar', () => madeBy('bsdtar', '--format=ustar', '-cf', 'made', ...names)],
    ['tar with headers of its own (pax)', () => madeBy('bsdtar', '--format=pax', '-cf', 'made', ...names)],
    ['cpio (newc)', () => madeBy('bsdtar', '--format=newc', '-cf', 'made', ...names)],
    ['cpio (odc)', () => madeBy('bsdtar', '--format=odc', '-cf', 'made', ...names)],
    ['LZH', () => madeBy('sh', '-c', `jlha aq made.lzh ${names.join(' ')} && mv made.lzh made`)],
    ['disc image of both ISO 9660 and UDF', () => madeBy('genisoimage', '-quiet', '-udf', '-o', 'made', ...names)],
  ])('%s is one child and opens completely, also with other bytes behind it', async (_kind, made) => {
    const archive = made();
    const behind = await scanArchive(Buffer.concat([SCRIPT, archive]));
    expect([behind.coverage, namesOf(behind.children)]).toEqual(['complete', [`bytes-at-${SCRIPT.length}`]]);
    const inner = await scanArchive(behind.children[0]?.bytes ?? SCRIPT);
    expect(inner.coverage).toBe('complete');
    expect(inner.children.length).toBeGreaterThanOrEqual(40);
    const between = await scanArchive(Buffer.concat([SCRIPT, archive, PROGRAM]));
    expect(namesOf(between.children)).toEqual([`bytes-at-${SCRIPT.length}`]);
  });
});

describeWith(['python3'], 'a zip in the middle of a file', () => {
  const zip = () => zipOf({ 'eicar.com': String(EICAR), 'note.txt': 'beside it' });

  it('is one child, cut where it ends', async () => {
    const archive = zip();
    const { coverage, children } = await scanArchive(Buffer.concat([SCRIPT, archive, randomBytes(200_000)]));
    expect([coverage, namesOf(children)]).toEqual(['complete', [`bytes-at-${SCRIPT.length}`]]);
    expect(children[0]?.bytes).toEqual(archive);
  });

  it('is found before another that ends the file', async () => {
    const [archive, noise] = [zip(), randomBytes(200_000)];
    const { children } = await scanArchive(Buffer.concat([SCRIPT, archive, noise, zipOf({ 'a.txt': 'last' })]));
    expect(namesOf(children)).toEqual(['a.txt', `bytes-at-${SCRIPT.length}`]);
  });

  it('is not clean when its end is lost', async () => {
    const { children } = await scanArchive(Buffer.concat([STRAY, zip().subarray(0, -20)]));
    expect(namesOf(children)[0]).toBe(`bytes-at-${STRAY.length}`);
    for (const { bytes } of children) {
      const inner = await scanArchive(bytes);
      expect([inner.coverage, inner.children]).toEqual(['partial', []]);
    }
  });
});

describe('what is no archive', () => {
  it.each([
    '377abcaf271c',
    '526172211a0700',
    '526172211a070100',
    '4d53434600000000',
    'fd377a585a00',
    '425a6839',
    '1f8b08',
    '28b52ffd',
    '04224d18',
    '60ea',
    '5d0000',
    '1f9d90',
    '4c5a495001',
    '894c5a4f000d0a1a0a0a3e30',
    '00002d6c68352d',
    '7573746172',
    '303730373031',
    '303730373037',
    '213c617263683e0a',
    '504b0304',
    '504b03040f85f50200000f1f',
    '504b0304000000000000000000000000282b6e0008000000504b07080000000000000000',
    '504b03040f853c060000488b4c2420488b7c2438ba1e000000be010000000fb7',
    'edabeedb',
    '7861722100',
    '4d5357494d000000',
    '68737173',
    'd0cf11e0a1b11ae1',
  ])('the letters of a signature alone: %s', async (hex) => {
    const sign = Buffer.from(hex, 'hex');
    for (const behind of [Buffer.from('00112233', 'hex'), Buffer.alloc(3000), SCRIPT, PROGRAM]) {
      const scanned = await scanArchive(Buffer.concat([STRAY, sign, behind, sign, sign]));
      expect(scanned).toMatchObject({ coverage: 'complete', children: [] });
    }
  });
});

/** A 7z header whose checksum fits, and which says that its directory ends at the end of a file of `left` bytes. */
function headerTo(left: number): Buffer {
  const header = Buffer.alloc(32);
  header.write('377abcaf271c0004', 'hex');
  header.writeBigUInt64LE(BigInt(left - 33), 12);
  header.writeBigUInt64LE(1n, 20);
  header.writeUInt32LE(crc32(header.subarray(12)), 8);
  return header;
}

describe('kinds that nobody opens', () => {
  it.each([
    ['lzop', '894c5a4f000d0a1a0a1040208009400105'],
    ['lzip', '4c5a4950010c00412d'],
  ])('%s behind other bytes is found too', async (_kind, hex) => {
    const { children } = await scanArchive(Buffer.concat([SCRIPT, Buffer.from(hex, 'hex'), PROGRAM]));
    expect(namesOf(children)).toEqual([`bytes-at-${SCRIPT.length}`]);
    expect((await scanArchive(children[0]?.bytes ?? SCRIPT)).coverage).toBe('unsupported');
  });
});

describe('a file made of beginnings', () => {
  it('with more archives that share bytes than are looked at is over the limit', async () => {
    const headers = Array.from({ length: 200 }, (_, at) => headerTo((201 - at) * 32));
    const { coverage, children } = await scanArchive(Buffer.concat([SCRIPT, ...headers, Buffer.alloc(32)]));
    expect(coverage).toBe('limit_exceeded');
    expect(children.length).toBeLessThan(20);
  });

  it('with more to try out than come by chance is over the limit', async () => {
    const { coverage, children } = await scanArchive(
      Buffer.concat([SCRIPT, Buffer.alloc(60_000, gzipSync('').subarray(0, 10))]),
    );
    expect([coverage, children.length]).toEqual(['limit_exceeded', 0]);
  });

  it('is searched once: what is found in it is opened, not searched again', async () => {
    const broken = Array.from({ length: 10 }, () => headerTo(40));
    const { children } = await scanArchive(Buffer.concat([SCRIPT, ...broken]));
    for (const { bytes } of children) {
      const { coverage, children: inner } = await scanArchive(bytes);
      expect(coverage).not.toBe('complete');
      expect(namesOf(inner).filter((name) => name.startsWith('bytes-at-')).length).toBeLessThan(2);
    }
  });
});
