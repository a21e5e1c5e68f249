import { createHash } from 'node:crypto';
import { DropgateError, errnoOf, messageOf } from '../../base/errors';
import { readFile, stat } from '../../base/files';
import { findProgram } from '../../base/find-program';
import { type Definition, type Definitions, definitionsOf, parseDefinitions } from './definitions';
import { environmentOf, type RunFacts } from './environment';
import { expand } from './variables';

const LARGEST_BYTES = 4 * 1024 * 1024;
/** What only a run knows: references to it stay references. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: see above
const LATER: Omit<RunFacts, 'root'> = { path: '${BROAPT_PATH}', mime: '${BROAPT_MIME}', home: '${HOME}', marker: '' };

/** Definitions, and what this machine has of their programs. */
export interface Loaded {
  readonly definitions: Definitions;
  /** Programs that a list begins with and that are not installed. */
  readonly missing: readonly { readonly key: string; readonly program: string }[];
  /** Changes with the text of the file, and when a program is installed, renewed or removed. */
  readonly version: string;
}

/** The api.yml that a probe works with, read again whenever it changes. */
export class DefinitionsFile {
  private readonly path: string;
  private readonly root: string;
  private parsed: { readonly text: string; readonly definitions: Definitions } | null = null;
  /** As it was last read; null before that, and while the file is mistaken or missing. */
  current: Loaded | null = null;

  /** `root`: of all APIs; commands know it as API_ROOT. */
  constructor(path: string, root: string) {
    this.path = path;
    this.root = root;
  }

  /** Reads the file and looks for its programs. Throws BAD_CONFIG, which names the file. */
  async refresh(): Promise<Loaded> {
    try {
      const text = await this.read();
      if (this.parsed?.text !== text) this.parsed = { text, definitions: parseDefinitions(text, this.path) };
      this.current = await withPrograms(this.parsed.definitions, this.root);
      return this.current;
    } catch (error) {
      this.current = null;
      if (error instanceof DropgateError) throw error;
      const errno = errnoOf(error);
      const why = errno === 'ENOENT' ? 'does not exist' : `cannot be read (${errno ?? messageOf(error)})`;
      const message = `${this.path}: ${why}; write it, or set probes.command.apis`;
      throw new DropgateError('BAD_CONFIG', message, { cause: error });
    }
  }

  private async read(): Promise<string> {
    const { size } = await stat(this.path);
    if (size <= LARGEST_BYTES) return readFile(this.path, 'utf8');
    throw new DropgateError('BAD_CONFIG', `${this.path}: is too large; write at most 4 MiB`);
  }
}

async function withPrograms(definitions: Definitions, root: string): Promise<Loaded> {
  const missing: { key: string; program: string }[] = [];
  const seen: string[] = [definitions.sha256];
  for (const definition of definitionsOf(definitions)) {
    const env = environmentOf(definition.environ, { root, ...LATER });
    for (const program of programsOf(definition, env)) {
      const path = findProgram(program, env.PATH ?? '');
      if (path === null) missing.push({ key: definition.key, program });
      const found = path === null ? null : await stat(path).catch(() => null); // removed in this moment: missing
      seen.push(`${program} ${found === null ? 'missing' : `${found.size} ${found.mtimeMs}`}`);
    }
  }
  return { definitions, missing, version: createHash('sha256').update(seen.join('\n')).digest('hex').slice(0, 16) };
}

/** What can be looked for before a file is there: no path within a workdir, and nothing that the shell finds. */
function programsOf({ scripts, report }: Definition, env: Readonly<Record<string, string>>): string[] {
  const lists = [...scripts, report].filter((command) => typeof command !== 'string');
  const names = lists.map(([name = '']) => expand(name, env));
  return names.filter((name) => !name.includes('$') && (name.startsWith('/') || !name.includes('/')));
}
