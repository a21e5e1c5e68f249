import { isAbsolute, relative, sep } from 'node:path';
import { escapeHidden } from '../../base/display-name';
import { DropgateError, errnoOf, messageOf } from '../../base/errors';
import { realpath, stat } from '../../base/files';
import type { Command } from './definition-schema';
import type { DetectionRequest } from './detection';
import { variableProblem } from './environment';
import { isMime } from './mime-pattern';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Throws PROTOCOL, which names the key, for a request whose commands are not to be started. */
export async function assertRequest(request: DetectionRequest, root: string): Promise<void> {
  const { uuid, path, mime, logged, workdir, environ, origin } = request;
  if (!UUID.test(uuid)) refuse('uuid', 'is no UUID');
  if (!isMime(mime)) refuse('mime', `is no MIME type: "${shown(mime)}"`);
  if (logged !== 'example' && !isMime(logged)) refuse('mime', `is no MIME type: "${shown(logged)}"`);
  if (!isAbsolute(path) || path.includes('\0')) refuse('name', `is no absolute path: "${shown(path)}"`);
  for (const [name, value] of Object.entries(environ)) {
    const problem = variableProblem(name, value, origin);
    if (problem !== null) refuse(`environ.${shown(name)}`, problem);
  }
  for (const command of [...request.install, ...request.scripts, request.report]) assertCommand(command);
  if (workdir !== null) await assertWorkdir(workdir, origin === 'posted' ? root : null);
}

function assertCommand(command: Command): void {
  const parts = typeof command === 'string' ? [command] : command;
  if (parts.length === 0 || parts[0] === '') refuse('commands', 'one of them is empty');
  if (parts.some((part) => part.includes('\0'))) refuse('commands', 'one of them holds a NUL');
}

/** `within`: the folder that it has to lie in, behind all links; null: anywhere. */
async function assertWorkdir(workdir: string, within: string | null): Promise<void> {
  if (!isAbsolute(workdir) || workdir.includes('\0')) refuse('workdir', `is no absolute path: "${shown(workdir)}"`);
  try {
    if (!(await stat(workdir)).isDirectory()) refuse('workdir', `is no folder: "${shown(workdir)}"`);
    if (within === null) return;
    const below = relative(await realpath(within), await realpath(workdir));
    if (below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)) {
      refuse('workdir', 'leaves the root of all APIs');
    }
  } catch (error) {
    if (error instanceof DropgateError) throw error;
    refuse('workdir', `cannot be opened (${errnoOf(error) ?? messageOf(error)}): "${shown(workdir)}"`);
  }
}

const shown = (text: string) => escapeHidden(text.slice(0, 200));

function refuse(key: string, problem: string): never {
  throw new DropgateError('PROTOCOL', `${key}: ${problem}`);
}
