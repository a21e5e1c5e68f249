import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { describeWith } from '../../../../support/components';
import { tempFolder } from '../../../../support/temp-folder';
import { scanArchive } from '../support';

const MIB = 1024 * 1024;

function packed(size: number, ...command: string[]): Buffer {
  const folder = tempFolder();
  writeFileSync(join(folder, 'zeros'), '');
  truncateSync(join(folder, 'zeros'), size);
  execFileSync(command[0] ?? '', command.slice(1), { cwd: folder, stdio: 'ignore' });
  return readFileSync(join(folder, 'made'));
}

describeWith(['7zz', 'xz', 'zstd', 'bzip2', 'python3'], 'a bomb', () => {
  it.each([
    ['7z', ['7zz', 'a', '-t7z', '-mx=1', 'made.', 'zeros']],
    ['xz', ['sh', '-c', 'xz -0 -c zeros > made']],
    ['zstd', ['sh', '-c', 'zstd -q -c zeros > made']],
    ['bzip2', ['sh', '-c', 'bzip2 -1 -c zeros > made']],
    ['gzip', ['sh', '-c', 'gzip -1 -c zeros > made']],
    ['sparse tar', ['sh', '-c', 'tar -S -cf made zeros']],
  ])('%s is over the limit', async (_kind, command) => {
    const { coverage, found } = await scanArchive(packed(300 * MIB, ...command), { limits: { archiveRatio: 20 } });
    expect([coverage, found]).toEqual(['limit_exceeded', ['archive-limit:info']]);
  });

  it('is told by its beginning, however much else is behind it', async () => {
    const zeros = gzipSync(Buffer.alloc(64 * MIB));
    const gz = Buffer.concat([...Array<Buffer>(5).fill(zeros), gzipSync(randomBytes(20 * MIB))]);
    const { coverage, report, children } = await scanArchive(gz, { limits: { archiveRatio: 50 } });
    expect([coverage, children]).toEqual(['limit_exceeded', []]);
    expect(report.coverage).toMatchObject({ detail: expect.stringContaining('times what was read of it') });
  });

  it('a gzip file that only says so gives what it has', async () => {
    const gz = gzipSync('a short text');
    gz.writeUInt32LE(0xffffffff, gz.length - 4);
    const { coverage, children } = await scanArchive(gz);
    expect([coverage, children.map(({ bytes }) => bytes.toString())]).toEqual(['partial', ['a short text']]);
  });

  it('that wants gigabytes of memory is over a limit, not damaged', async () => {
    const lzma = packed(100, 'sh', '-c', 'xz --format=lzma -c zeros > made');
    lzma.writeUInt32LE(0x60000000, 1); // the size of its dictionary
    const { coverage, found } = await scanArchive(lzma);
    expect([coverage, found]).toEqual(['limit_exceeded', ['archive-limit:info']]);
  });

  it('more members than allowed', async () => {
    const program =
      "import tarfile; t = tarfile.open('made', 'w'); [t.addfile(tarfile.TarInfo(str(n))) for n in range(101)]";
    const tar = packed(0, 'python3', '-c', `${program}; t.close()`);
    expect((await scanArchive(tar, { limits: { archiveFiles: 100 } })).coverage).toBe('limit_exceeded');
    expect((await scanArchive(tar, { limits: { archiveFiles: 101 } })).coverage).toBe('complete');
  });

  it('ends with its signal', async () => {
    const stop = new AbortController();
    const bomb = packed(300 * MIB, 'sh', '-c', 'zstd -q -c zeros > made');
    setTimeout(() => stop.abort(new Error('enough')), 200);
    const scanning = scanArchive(bomb, { signal: stop.signal, limits: { archiveRatio: 1e6 } });
    await expect(scanning).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
