import { open, rename, rm } from 'node:fs/promises';
import { folderOf } from '../paths';
import type { FolderSyncs } from '../publish';

const REPORT_MODE = 0o400;

/** Writes a report whole or not at all, by way of `partial` (same file system); what was at `path` is replaced. */
export async function writeReportFile(
  path: Buffer,
  report: object,
  partial: Buffer,
  syncs: FolderSyncs,
): Promise<void> {
  try {
    const handle = await open(partial, 'wx', REPORT_MODE);
    try {
      await handle.writeFile(`${JSON.stringify(report, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, path);
    await syncs.sync(folderOf(path));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
