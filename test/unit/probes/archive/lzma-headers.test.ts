import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { scanArchive, texts } from './support';

const MAKER = `
import lzma, struct, sys
lc, lp, pb, dictionary, length = map(int, sys.argv[1:])
chosen = {'id': lzma.FILTER_LZMA1, 'lc': lc, 'lp': lp, 'pb': pb, 'dict_size': 4096}
made = lzma.compress(b'a member', lzma.FORMAT_ALONE, filters=[chosen])
sys.stdout.buffer.write(made[:1] + struct.pack('<Iq', dictionary, length) + made[13:])`;

describeWith(['python3'], 'LZMA files of any parameters', () => {
  it.each([
    [3, 0, 2, 4096, -1],
    [3, 0, 2, 1, -1],
    [3, 0, 2, 3 << 18, -1],
    [0, 0, 0, 3 << 12, -1],
    [0, 2, 1, 1 << 20, 8],
    [4, 0, 4, 65536, 8],
  ])('lc %i, lp %i, pb %i, dictionary %i, length %i are opened', async (...parameters) => {
    const bytes = execFileSync('python3', ['-c', MAKER, ...parameters.map(String)]);
    const { children } = await scanArchive(bytes);
    expect(Object.values(texts(children))).toEqual(['a member']);
  });

  it('a dictionary of 4 GiB is more than it may take', async () => {
    const bytes = execFileSync('python3', ['-c', MAKER, '3', '0', '2', '4294967295', '-1']);
    expect((await scanArchive(bytes)).coverage).toBe('limit_exceeded');
  });

  it.each([
    ['a dictionary that no packer writes', '5d05000000ffffffffffffffff00112233445566'],
    ['a longer length than anybody unpacks', '5d00100000000000000000010000112233445566'],
    ['a stream that begins with a match', '6d00100000ffffffffffffffff00902233445566'],
  ])('%s is none', async (_what, hex) => {
    expect((await scanArchive(Buffer.from(hex, 'hex'))).coverage).toBe('complete');
  });
});
