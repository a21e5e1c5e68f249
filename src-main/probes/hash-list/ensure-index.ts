import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '../../base/clock';
import { DropgateError, errnoOf, messageOf } from '../../base/errors';
import { type FileHandle, open, utimes } from '../../base/files';
import { buildIndex } from './build-index';
import { verifyIndex } from './index-file';
import { indexName } from './index-format';
import { type IndexAnswer, type IndexTask, LIST_OPEN_FLAGS, type ListStat, stampOf } from './index-task';
import { ListMistake } from './read-list';

const READ_BYTES = 1024 * 1024;
type Progress = (bytes: number, ofBytes: number) => void;

/**
 * Makes sure that the list has an index: takes that of an earlier start when path, size, mtime and content are still
 * the same and the index is undamaged, else builds one. Never rejects. Blocks for long: for child processes.
 */
export async function ensureIndex(task: IndexTask, onProgress: Progress): Promise<IndexAnswer> {
  try {
    const handle = await open(task.listPath, LIST_OPEN_FLAGS);
    try {
      return await ensureForOpen(handle, task, onProgress);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { kind: 'failed', message: messageOf(error) };
  }
}

async function ensureForOpen(handle: FileHandle, task: IndexTask, onProgress: Progress): Promise<IndexAnswer> {
  const before = await handle.stat({ bigint: true });
  if (!before.isFile()) return { kind: 'failed', message: 'it is not a regular file' };
  const stamp = stampOf(before);
  const name = indexName(task.listPath, before.size, before.mtimeNs);
  try {
    const built = !(await isUsable(join(task.folder, name), handle, task, before));
    if (built) await build(handle, task, before, join(task.folder, name), onProgress);
    if (stampOf(await handle.stat({ bigint: true })) !== stamp) return { kind: 'changed' };
    return { kind: 'indexed', indexName: name, stamp, built };
  } catch (error) {
    if (!(error instanceof ListMistake)) throw error;
    if (stampOf(await handle.stat({ bigint: true })) !== stamp) return { kind: 'changed' };
    return { kind: 'mistake', line: error.line, cause: error.message, stamp };
  }
}

function build(
  handle: FileHandle,
  { listPath, folder }: IndexTask,
  { size, mtimeNs }: ListStat,
  indexPath: string,
  onProgress: Progress,
): Promise<void> {
  const list = { path: Buffer.from(listPath).toString('base64'), size: String(size), mtimeNs: String(mtimeNs) };
  return buildIndex(handle.fd, list, indexPath, {
    folder,
    onProgress: (bytes) => onProgress(bytes, Number(size)),
  });
}

/** True when the index is undamaged and of this very content; its time then tells that it is still in use. */
async function isUsable(indexPath: string, handle: FileHandle, task: IndexTask, stat: ListStat): Promise<boolean> {
  try {
    const { list } = await verifyIndex(indexPath);
    const same =
      list.path === Buffer.from(task.listPath).toString('base64') &&
      list.size === String(stat.size) &&
      list.mtimeNs === String(stat.mtimeNs) &&
      list.sha256 === (await contentHash(handle));
    const now = new Date(systemClock.now());
    if (same) await utimes(indexPath, now, now);
    return same;
  } catch (error) {
    // none yet, or a damaged one: it is built again
    if (errnoOf(error) === 'ENOENT' || (error instanceof DropgateError && error.code === 'INTEGRITY')) return false;
    throw error;
  }
}

async function contentHash(handle: FileHandle): Promise<string> {
  const sum = createHash('sha256');
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  for (let position = 0; ; ) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return sum.digest('hex');
    sum.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}
