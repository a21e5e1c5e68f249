import { errnoOf, messageOf, ProbeError } from '../base/errors';
import { stat } from '../base/files';
import type { StagedItem } from './probe';

/**
 * A file that is not there was never looked at. Resolves with what tells whether it was replaced or written to; throws
 * SOURCE_UNREADABLE, or SOURCE_CHANGED where its size is not the one that it was hashed with.
 */
export async function requireFile(item: StagedItem): Promise<{ readonly ino: number; readonly mtimeMs: number }> {
  try {
    const { size, ino, mtimeMs } = await stat(item.path);
    if (size === item.size) return { ino, mtimeMs };
  } catch (error) {
    const why = errnoOf(error) ?? messageOf(error);
    throw new ProbeError('SOURCE_UNREADABLE', `the staged file cannot be read (${why})`, { cause: error });
  }
  throw new ProbeError('SOURCE_CHANGED', 'the staged file does not have the size it was hashed with');
}
