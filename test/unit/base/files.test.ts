import fs, { existsSync, readdirSync, readFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { tempFolder } from '../../support/temp-folder';

/** The seam as a process sees it that was started with this fault; where it counts. */
async function seamWith(fault: string) {
  const counted = tempFolder();
  vi.stubEnv('DROPGATE_FAULT_FILES', fault);
  vi.stubEnv('DROPGATE_FAULT_FILES_COUNTED', counted);
  vi.resetModules();
  return { counted, files: await import('../../../src-main/base/files') };
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

describe('the file system as the program sees it', () => {
  it('is the functions of node:fs themselves when nothing was ordered', async () => {
    const files = await import('../../../src-main/base/files');
    expect(files.openSync).toBe(fs.openSync);
    expect(files.rename).toBe(promises.rename);
    expect(files.open).toBe(promises.open);
  });

  it('fails the n-th call, and that one alone', async () => {
    const { files, counted } = await seamWith('rename:2:EIO');
    const folder = tempFolder();
    await promises.writeFile(join(folder, 'a'), 'a');
    await files.rename(join(folder, 'a'), join(folder, 'b'));
    await expect(files.rename(join(folder, 'b'), join(folder, 'c'))).rejects.toMatchObject({
      code: 'EIO',
      syscall: 'rename',
      errno: -5,
    });
    expect(existsSync(join(folder, 'b'))).toBe(true);
    files.renameSync(join(folder, 'b'), join(folder, 'c'));
    expect(existsSync(join(folder, 'c'))).toBe(true);
    expect(readdirSync(counted)).toHaveLength(3);
  });

  it('knows by which path a handle and a descriptor were opened', async () => {
    const { files } = await seamWith('write:1:ENOSPC:staging');
    const folder = tempFolder();
    const other = await files.open(join(folder, 'other'), 'w');
    await other.writeFile('written');
    await other.close();
    const staged = await files.open(join(folder, 'staging'), 'w');
    await expect(staged.write('lost')).rejects.toMatchObject({ code: 'ENOSPC' });
    await staged.writeFile('written');
    await staged.sync();
    await staged.close();
    expect(readFileSync(join(folder, 'staging'), 'utf8')).toBe('written');
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('written');
  });

  it.runIf(process.platform === 'linux')('knows a file by a folder in hand too', async () => {
    const { files } = await seamWith('rm:1:EIO:watched/a');
    const folder = join(tempFolder(), 'watched');
    await promises.mkdir(folder);
    const handle = await files.open(folder, fs.constants.O_RDONLY);
    await expect(files.unlink(`/proc/self/fd/${handle.fd}/a`)).rejects.toMatchObject({ code: 'EIO' });
    await handle.close();
  });

  it('fails writes to a descriptor too', async () => {
    const { files } = await seamWith('write:1:ENOSPC:staging');
    const descriptor = files.openSync(join(tempFolder(), 'staging'), 'w');
    expect(() => files.writeSync(descriptor, Buffer.from('lost'))).toThrow('ENOSPC');
    files.closeSync(descriptor);
  });

  it('counts all that changes something with *, in all threads together', async () => {
    const { files, counted } = await seamWith('*:3:EACCES');
    const folder = tempFolder();
    await promises.writeFile(join(counted, '1'), ''); // another thread was first
    await files.mkdir(join(folder, 'a'));
    await files.lstat(folder);
    await expect(files.rm(join(folder, 'a'), { recursive: true })).rejects.toMatchObject({ code: 'EACCES' });
    expect(existsSync(join(folder, 'a'))).toBe(true);
  });
});
