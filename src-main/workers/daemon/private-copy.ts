import { createHash } from 'node:crypto';
import { type BigIntStats, type FileHandle, open, stat } from '../../base/files';
import { removeFile } from '../../base/remove-file';

/** Bytes that nobody else can change while they are looked at. */
export interface PrivateCopy {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  /** Tells whether it is as it was written. */
  readonly stamp: string;
}

/** Whether the copy still is the file that was written, as far as the system tells. */
export async function isAsWritten(copy: PrivateCopy): Promise<boolean> {
  try {
    return stampOf(await stat(copy.path, { bigint: true })) === copy.stamp;
  } catch {
    return false; // removed, or out of reach
  }
}

const stampOf = ({ ino, size, mtimeNs, mode }: BigIntStats) => [ino, size, mtimeNs, mode].join(' ');

/** Writes `pieces` to a new file at `path`, read-only from then on. What was written is removed when they break off. */
export async function writePrivateCopy(path: string, pieces: AsyncIterable<Uint8Array>): Promise<PrivateCopy> {
  const file = await open(path, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const piece of pieces) {
      hash.update(piece);
      size += piece.length;
      await writeAll(file, piece);
    }
    await file.chmod(0o400);
    return { path, sha256: hash.digest('hex'), size, stamp: stampOf(await file.stat({ bigint: true })) };
  } catch (error) {
    await removeFile(path);
    throw error;
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let done = 0; done < piece.length; ) done += (await file.write(piece, done)).bytesWritten;
}
