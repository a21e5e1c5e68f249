import { open, rename, rm } from '../../base/files';
import { folderOf } from '../paths';
import type { FolderSyncs } from '../publish';

const REPORT_MODE = 0o400;

/** A report's JSON, piece by piece. */
export type ReportText = AsyncIterable<string> | Iterable<string>;

/** Writes a report whole or not at all, by way of `partial` (same file system); what was at `path` is replaced. */
export async function writeReportFile(
  path: Buffer,
  text: ReportText,
  partial: Buffer,
  syncs: FolderSyncs,
): Promise<void> {
  try {
    const handle = await open(partial, 'wx', REPORT_MODE);
    try {
      await handle.writeFile(text);
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
