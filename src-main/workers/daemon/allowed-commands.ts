import { escapeHidden } from '../../base/display-name';
import type { Command, ScanRequest } from '../../contract/detection-api';
import { commandsHash, type Definition, type Detections } from './detections';
import { Refusal } from './refusal';

const asList = (commands: ScanRequest['install']): readonly Command[] =>
  typeof commands === 'string' ? [commands] : commands;

/** What a request asks to be run, in the form of a definition. */
export function definitionOf(request: ScanRequest): Definition {
  const { shared, mime, workdir, environ, report } = request;
  return {
    shared: shared === '' ? mime : shared,
    workdir,
    environ,
    install: asList(request.install),
    scripts: asList(request.scripts),
    report,
  };
}

/**
 * What is run for a request: the worker's own definition for its MIME type, which the posted commands must equal and
 * whose variables, folder and lock count, whatever was posted. `allowPosted`: else the posted commands themselves.
 * Rejects with a Refusal (403).
 */
export async function allowedDefinition(
  request: ScanRequest,
  detections: Detections,
  allowPosted: boolean,
): Promise<{ readonly definition: Definition; readonly posted: boolean }> {
  const asked = definitionOf(request);
  const own = await detections.find(request.mime);
  if (own !== null && commandsHash(own) === commandsHash(asked)) {
    const strange = Object.entries(asked.environ).find(([name, value]) => setIn(own.environ, name) !== value);
    if (strange === undefined) return { definition: own, posted: false };
    throw new Refusal(403, 'environ differs from the definition of this worker');
  }
  if (!allowPosted) throw new Refusal(403, 'these commands are not in the definitions of this worker');
  for (const [name, value] of Object.entries(asked.environ)) {
    const problem = detections.variableProblem(name, value);
    if (problem !== null) throw new Refusal(403, `environ: ${escapeHidden(name.slice(0, 100))} ${problem}`);
  }
  if (!staysInside(asked.workdir)) throw new Refusal(403, 'workdir leads out of the folder of definitions');
  return { definition: asked, posted: true };
}

const setIn = (environ: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.getOwnPropertyDescriptor(environ, name)?.value;

/** A relative path without a way up. */
function staysInside(workdir: string): boolean {
  return (
    !/^([\\/]|[A-Za-z]:)/.test(workdir) && !/[\x00-\x1f\x7f]/.test(workdir) && !workdir.split(/[\\/]/).includes('..')
  );
}
