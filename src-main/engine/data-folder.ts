import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../base/make-folder';

/** Longest path that a unix socket may have on every system we know (sun_path is 104 or 108 bytes with its NUL). */
const LONGEST_SOCKET_PATH = 100;

/** Places inside one data folder. */
export interface DataFolder {
  readonly root: string;
  readonly ledger: string;
  readonly lock: string;
  readonly staging: string;
  readonly held: string;
  readonly cleared: string;
  readonly indexes: string;
  /** Logs and working folders of the command probe. */
  readonly commands: string;
  readonly socket: string;
  /** Backups of the ledger. */
  readonly backups: string;
  /** Staged files that a restored ledger does not know, until they are gated again. */
  readonly recovered: string;
}

/** The engine's socket: in the data folder, or, where that path is too long, in a private folder of the same user. */
export function socketPath(root: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\dropgate-${digest(root)}`;
  const inside = join(root, 'engine.sock');
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH) return inside;
  return join(process.env.XDG_RUNTIME_DIR ?? tmpdir(), `dropgate-${userInfo().uid}`, `${digest(root)}.sock`);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

export function dataFolder(root: string): DataFolder {
  return {
    root,
    ledger: join(root, 'ledger.db'),
    lock: join(root, 'lock.db'),
    staging: join(root, 'staging'),
    held: join(root, 'held'),
    cleared: join(root, 'cleared'),
    indexes: join(root, 'indexes'),
    commands: join(root, 'commands'),
    socket: socketPath(root),
    backups: join(root, 'backups'),
    recovered: join(root, 'recovered'),
  };
}

/**
 * Makes the folders. The data folder and its staging let their group in, so that a clamd that shares the group can
 * read staged files; what is kept is for the owner alone.
 */
export function makeDataFolder(folder: DataFolder): void {
  makeFolder(folder.root, 0o750);
  makeFolder(folder.staging, 0o750);
  makeFolder(folder.held, 0o700);
  makeFolder(folder.indexes, 0o700);
}
