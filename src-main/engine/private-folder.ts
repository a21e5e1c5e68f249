import { dirname } from 'node:path';
import { DropgateError } from '../base/errors';
import { lstatSync } from '../base/files';
import { makeFolder } from '../base/make-folder';

/**
 * The folder of a socket that does not lie in the data folder must be this user's own and nobody else's to write:
 * its name can be guessed, and whoever makes it first could answer as the engine. Throws INTERNAL naming the folder.
 */
export function assertPrivateSocketFolder(socket: string, dataDir: string): void {
  const folder = dirname(socket);
  if (process.platform === 'win32' || folder === dataDir) return;
  makeFolder(folder, 0o700);
  const stats = lstatSync(folder);
  const mine = stats.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0;
  if (mine) return;
  throw new DropgateError(
    'INTERNAL',
    `${folder} is not a private folder of this user, so the engine's socket is not put there. Remove it, or name a shorter --data-dir.`,
  );
}
