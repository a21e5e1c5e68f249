import { isAbsolute, relative, resolve, sep } from 'node:path';
import { errnoOf } from '../../base/errors';
import { constants, type FileHandle, open, realpath } from '../../base/files';
import { isReachedBy } from '../../base/real-folder';
import { Refusal } from './refusal';

const PIECE_BYTES = 256 * 1024;
/** Controls; on Windows `\` and `:` besides, which lead elsewhere. */
const STRANGE = process.platform === 'win32' ? /[\x00-\x1f\x7f\\:]/ : /[\x00-\x1f\x7f]/;

const outside = () => new Refusal(403, 'the name does not lead to a file in the shared folder');

/**
 * The bytes of the file that `name` (relative, or absolute) says in the folder `dumpPath`. Throws a Refusal: 403 for a
 * name that leads out, through a link, to a file with further names (hard links) or to no regular file, 404 where there
 * is none, 413 beyond `maxBytes`, 409 for a file that changes while it is read.
 */
export async function* readSharedFile(dumpPath: string, name: string, maxBytes: number): AsyncGenerator<Buffer> {
  const root = await realpath(dumpPath);
  const file = await openInside(root, placeIn(root, dumpPath, name));
  try {
    const before = await file.stat({ bigint: true });
    if (!before.isFile() || before.nlink !== 1n) throw outside();
    if (before.size > BigInt(maxBytes)) throw new Refusal(413, `the file is larger than ${maxBytes} bytes`);
    let read = 0;
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, read);
      if (bytesRead === 0) break;
      read += bytesRead;
      if (read > maxBytes) throw new Refusal(413, `the file is larger than ${maxBytes} bytes`);
      yield piece.subarray(0, bytesRead);
    }
    const after = await file.stat({ bigint: true });
    if (BigInt(read) !== before.size || after.mtimeNs !== before.mtimeNs || after.ctimeNs !== before.ctimeNs) {
      throw new Refusal(409, 'the file changed while it was read');
    }
  } finally {
    await file.close();
  }
}

/** Where the name lies, by its words alone. */
function placeIn(root: string, dumpPath: string, name: string): string {
  if (name === '' || STRANGE.test(name)) throw outside();
  if (name.split('/').some((step) => step === '..' || step === '.')) throw outside();
  const inner = isAbsolute(name) ? relative(resolve(dumpPath), name) : name;
  if (inner === '' || inner === '..' || inner.startsWith(`..${sep}`) || isAbsolute(inner)) throw outside();
  return resolve(root, inner);
}

/** Opened without following a link anywhere below `root`, also one that came into its place just now (Linux). */
async function openInside(root: string, path: string): Promise<FileHandle> {
  let file: FileHandle;
  try {
    if ((await realpath(path)) !== path) throw outside();
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) throw new Refusal(404, 'there is no such file');
    if (['ELOOP', 'ENXIO', 'EACCES', 'ENAMETOOLONG'].includes(errnoOf(error) ?? '')) throw outside();
    throw error;
  }
  if (isReachedBy(file.fd, Buffer.from(path)) && path.startsWith(root)) return file;
  await file.close();
  throw outside();
}
