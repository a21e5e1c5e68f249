import type { Command, ScanRequest } from '../../contract/detection-api';
import { commandsHash, type Definition, type Detections } from './detections';
import { Refusal } from './refusal';

/**
 * Variables of posted commands that would make other programs run than the command names: search paths, preloaded
 * libraries, start-up files and options of shells, interpreters and tools. What may run at all is another question.
 */
const REFUSED_NAMES =
  /^(_.*|PATH|.*PATH|.*PRELOAD.*|LD_.*|DYLD_.*|GCONV_.*|GLIBC_.*|MALLOC_.*|LOCPATH|ENV|BASH.*|SHELL.*|PS4|IFS|CDPATH|PROMPT_COMMAND|HOME|ZDOTDIR|PYTHON.*|PERL.*|RUBY.*|NODE_.*|JAVA_.*|_JAVA_.*|JDK_.*|CLASSPATH|LUA_.*|PHP.*|GIT_.*|SSH_.*|PAGER|EDITOR|VISUAL|BROWSER|TMPDIR|HTTP_PROXY|HTTPS_PROXY|ALL_PROXY|NO_PROXY|OPENSSL_.*|SSL_.*|DROPGATE_.*)$/i;
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,127}$/;

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
  const refused = Object.keys(asked.environ).find((name) => !NAME.test(name) || REFUSED_NAMES.test(name));
  if (refused !== undefined) throw new Refusal(403, 'environ sets a variable that a request may not set');
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
