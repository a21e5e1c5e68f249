import { dirname, join } from 'node:path';
import { errnoOf } from '../../base/errors';
import { accessSync, constants, lstatSync } from '../../base/files';
import { findProgram } from '../../base/find-program';
import type { ClamavSettings } from '../../contract/settings';
import { configListensAt, findConfig } from './clamd-config';
import { connect } from './connect';
import { configuredTarget, isOnThisMachine, type Target } from './target';

/** Where packages put a program that users seldom have in their PATH. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/local/sbin'];
/** Nobody listens: starting the daemon is what helps. */
const NOBODY = ['ENOENT', 'ECONNREFUSED'];

/**
 * The command line with which the user of this program can start the configured clamd on this machine without further
 * rights. Null where nobody knows one: it listens already, it is another machine's, its configuration cannot be read or
 * is another daemon's, or its socket lies where we may not write. Never rejects.
 */
export async function startCommand(settings: ClamavSettings | undefined, signal: AbortSignal): Promise<string | null> {
  const target = configuredTarget(settings);
  if (process.platform === 'win32' || target === null || !isOnThisMachine(target)) return null;
  const found = findConfig(settings, target, true);
  if (found === null || !configListensAt(found.config, target)) return null;
  const { localSocket } = found.config;
  if (localSocket !== null && (!canWriteTo(dirname(localSocket)) || isOtherFile(localSocket))) return null;
  const program = findClamd();
  if (program === null || !(await isSilent(target, signal))) return null;
  return `${quoted(program)} --config-file=${quoted(found.file)}`;
}

/** Its whole path: a person's terminal may look elsewhere than this program. */
function findClamd(): string | null {
  const names = ['clamd', ...SYSTEM_FOLDERS.map((folder) => join(folder, 'clamd'))];
  return names.map((name) => findProgram(name)).find((path) => path !== null) ?? null;
}

function canWriteTo(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not ours: starting it needs somebody else's rights
  }
}

/** Something that no clamd left there: connecting to it fails like to a socket whose daemon died. */
function isOtherFile(socket: string): boolean {
  return lstatSync(socket, { throwIfNoEntry: false })?.isSocket() === false;
}

async function isSilent(target: Target, signal: AbortSignal): Promise<boolean> {
  try {
    (await connect(target, signal)).destroy();
    return false;
  } catch (error) {
    return NOBODY.includes(errnoOf(error instanceof Error ? error.cause : error) ?? '');
  }
}

/** For a POSIX shell. */
function quoted(path: string): string {
  return /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
