import { expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { pythonZip, scanArchive, zipOf } from './support';

const MIB = 1024 * 1024;

describeWith(['python3'], 'limits', () => {
  it('of the number of members, told by the directory before anything is unpacked', async () => {
    const zip = pythonZip('for i in range(30): z.writestr(str(i), "x")');
    const { coverage, found, children } = await scanArchive(zip, { limits: { archiveFiles: 29 } });
    expect([coverage, found, children.length]).toEqual(['limit_exceeded', ['archive-limit:info'], 0]);
    expect(await scanArchive(zip, { limits: { archiveFiles: 30 } })).toMatchObject({ coverage: 'complete' });
  });

  it('of members that are really there, whatever the end record says', async () => {
    const zip = pythonZip('for i in range(30): z.writestr(str(i), "x")');
    const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
    zip.writeUInt16LE(2, end + 8);
    zip.writeUInt16LE(2, end + 10);
    expect(await scanArchive(zip, { limits: { archiveFiles: 29 } })).toMatchObject({ coverage: 'limit_exceeded' });
  });

  it('a directory that claims four billion members', async () => {
    const zip = pythonZip('z.writestr("a", "x")');
    const at = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
    const end64 = Buffer.alloc(56);
    end64.write('PK\x06\x06', 'latin1');
    end64.writeBigUInt64LE(44n, 4);
    for (const [offset, value] of [
      [24, 2 ** 32],
      [32, 2 ** 32],
      [40, at - zip.readUInt32LE(at + 16)],
      [48, zip.readUInt32LE(at + 16)],
    ] as const) {
      end64.writeBigUInt64LE(BigInt(value), offset);
    }
    const locator = Buffer.alloc(20);
    locator.write('PK\x06\x07', 'latin1');
    locator.writeBigUInt64LE(BigInt(at), 8);
    const end = Buffer.from(zip.subarray(at));
    end.fill(0xff, 8, 20);
    const claim = Buffer.concat([zip.subarray(0, at), end64, locator, end]);
    expect(await scanArchive(claim)).toMatchObject({ coverage: 'limit_exceeded', children: [] });
  });

  it('of the ratio, above 10 MiB written', async () => {
    const bomb = pythonZip(`z.writestr('zeros', bytes(${40 * MIB}))`);
    const { coverage, children, report } = await scanArchive(bomb);
    expect([coverage, children]).toEqual(['limit_exceeded', []]);
    expect(report.coverage).toMatchObject({ detail: expect.stringContaining('zeros') });
    const small = pythonZip(`z.writestr('zeros', bytes(${9 * MIB}))`);
    expect(await scanArchive(small)).toMatchObject({ coverage: 'complete' });
  });

  it('of the ratio, told by the directory before anything of the member is unpacked', async () => {
    const zip = zipOf({ a: 'x', zeros: 'y'.repeat(600) });
    const directory = zip.lastIndexOf('PK\x01\x02', undefined, 'latin1');
    zip.writeUInt32LE(2 ** 31, zip.readUInt32LE(directory + 42) + 22);
    zip.writeUInt32LE(2 ** 31, directory + 24);
    const { coverage, children } = await scanArchive(zip);
    expect([coverage, children.map(({ name }) => name)]).toEqual(['limit_exceeded', ['a']]);
  });

  it('of one file and of all bytes together', async () => {
    const zip = zipOf({ a: 'x'.repeat(600), b: 'y'.repeat(600) });
    expect((await scanArchive(zip, { limits: { fileBytes: 599 } })).coverage).toBe('limit_exceeded');
    const { coverage, children } = await scanArchive(zip, { limits: { archiveBytes: 1000 } });
    expect([coverage, children.map(({ name }) => name)]).toEqual(['limit_exceeded', ['a']]);
  });

  it('of the depth', async () => {
    expect(await scanArchive(zipOf({ a: 'x' }), { limits: { archiveDepth: 0 } })).toMatchObject({
      coverage: 'limit_exceeded',
      children: [],
    });
  });

  it('members that share their bytes are a bomb, and none is unpacked', async () => {
    const zip = pythonZip(`
z.writestr('kernel', bytes(${9 * MIB}))
import copy
for i in range(500):
    c = copy.copy(z.filelist[0]); c.filename = c.orig_filename = 'kerne%d' % (i % 10); z.filelist.append(c)
z._didModify = True
`);
    const { coverage, found, children } = await scanArchive(zip);
    expect([coverage, found, children]).toEqual(['limit_exceeded', ['archive-overlapping-members:suspicious'], []]);
  });

  it('the deadline ends it, also in the middle of a member', async () => {
    const large = pythonZip(`
import random
z.writestr(info('random'), random.Random(1).randbytes(${30 * MIB}), ZIP_STORED)
`);
    const controller = new AbortController();
    const scan = scanArchive(large, { signal: controller.signal });
    setTimeout(() => controller.abort(), 15);
    await expect(scan).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
