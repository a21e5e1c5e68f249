import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { describeWith } from '../../../../support/components';
import { EICAR } from '../../../../support/temp-folder';
import { scanArchive } from '../support';

const lz4 = (content: Buffer, ...options: string[]) =>
  execFileSync('lz4', ['-c', ...options], { input: content, maxBuffer: 64 * 1024 * 1024 });
/** Text that repeats in pieces of many lengths, over several blocks. */
const LONG = Buffer.from(Array.from({ length: 60_000 }, (_, n) => `${n * 7919} line ${n % 97} `).join(''));

describeWith(['lz4'], 'an LZ4 file', () => {
  it.each([
    { options: ['-1'] },
    { options: ['-9'] },
    { options: ['-BD', '-B4'] },
    { options: ['-B5', '-BX', '--no-frame-crc'] },
    { options: ['--content-size', '-B7'] },
  ])('made with $options gives its content', async ({ options }) => {
    for (const content of [EICAR, LONG, Buffer.alloc(0), Buffer.alloc(300_000, 'ab')]) {
      const { coverage, children, report } = await scanArchive(lz4(content, ...options));
      expect([coverage, children.length]).toEqual(['complete', 1]);
      expect(children[0]?.bytes.equals(content)).toBe(true);
      expect(report.unpacked).toEqual({ members: 1, decrypted: 0 });
    }
  });

  it('in several frames gives all of them', async () => {
    const { coverage, children } = await scanArchive(Buffer.concat([lz4(Buffer.from('one ')), lz4(EICAR)]));
    expect(coverage).toBe('complete');
    expect(children[0]?.bytes.toString()).toBe(`one ${EICAR}`);
  });

  it.each<[string, (packed: Buffer) => Buffer]>([
    ['cut off', (packed) => packed.subarray(0, packed.length - 9)],
    ['followed by something', (packed) => Buffer.concat([packed, Buffer.from('more')])],
    [
      'with a flipped bit',
      (packed) =>
        Buffer.from(packed.map((byte, at) => (at === packed.length / 2 - 0.5 * (packed.length % 2) ? byte ^ 1 : byte))),
    ],
    ['of another version', (packed) => Buffer.from(packed.map((byte, at) => (at === 4 ? byte ^ 0x80 : byte)))],
  ])('%s is never clean', async (_what, change) => {
    const { coverage, found } = await scanArchive(change(lz4(LONG)));
    expect([coverage, found]).toEqual(['partial', ['archive-damaged:info']]);
  });

  it('that unpacks to far more than its size is stopped', async () => {
    const { coverage, found } = await scanArchive(lz4(Buffer.alloc(40 * 1024 * 1024)), {
      limits: { archiveRatio: 10 },
    });
    expect([coverage, found]).toEqual(['limit_exceeded', ['archive-limit:info']]);
  });
});
