import { posix } from 'node:path';

/** Source files by their path from the root of the repository, `/` between names. */
export type FileMap = ReadonlyMap<string, string>;

/** Longest source file, in lines. */
const MOST_LINES = 300;

const INTERFACES = ['src-main/probes/probe.ts', 'src-main/sinks/sink.ts'];
const ENDS = ['base', 'contract'];
const OUTER = ['pipeline', 'store', ...ENDS, ...INTERFACES];

/** What each layer may import besides itself: layers, or single files. The table of the design. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  base: ['contract'],
  store: ENDS,
  probes: ENDS,
  sinks: ENDS,
  intake: ENDS,
  pipeline: ['store', ...ENDS, ...INTERFACES],
  workers: OUTER,
  bucket: OUTER,
  api: OUTER,
  engine: ['pipeline', 'store', 'probes', 'sinks', 'intake', 'workers', 'bucket', 'api', ...ENDS],
  cli: ['engine', ...ENDS],
  shell: ENDS,
  renderer: ['contract'],
};

/** Source text without comments; strings and templates stay. */
export function withoutComments(source: string): string {
  const tokens = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return source.replace(tokens, (_all, text: string | undefined) => text ?? '');
}

/** Everything that a file names as a module: from, import, import(), require() and vi.mock(), types included. */
export function importsOf(source: string): string[] {
  const names = /\b(?:from|import|require|mock|doMock|importActual)\s*\(?\s*(["'])([^"'\n]+)\1/g;
  return [...withoutComments(source).matchAll(names)].flatMap(([, , name]) => name ?? []);
}

function layerOf(path: string): string | null {
  if (path.startsWith('src-renderer/')) return 'renderer';
  return /^src-main\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** The file that a relative import of `from` means; the bare path when there is no such file. */
function resolveImport(files: FileMap, from: string, name: string): string {
  const path = posix.join(posix.dirname(from), name);
  return (
    ['', '.ts', '.tsx', '/index.ts', '/index.tsx'].map((end) => path + end).find((file) => files.has(file)) ?? path
  );
}

function layerProblem(file: string, layer: string, target: string): string | null {
  const allowed = MAY_IMPORT[layer];
  if (allowed === undefined) return `${file}: ${layer} is no layer`;
  if (layerOf(target) === null && target.endsWith('.json')) return null; // data, not code
  const other = layerOf(target);
  if (other === layer || (other !== null && allowed.includes(other)) || allowed.includes(target)) return null;
  return `${file}: imports ${target}, and ${layer} may import ${allowed.join(', ') || 'no other layer'}`;
}

/** Who may use the file system itself; all others use it through base/files.ts, where faults can be ordered. */
const MAY_USE_FS = ['src-main/base/files.ts', 'src-main/base/file-faults.ts', 'src-main/base/clock.ts'];

function packageProblem(file: string, layer: string, name: string): string | null {
  const isFs = name === 'node:fs' || name === 'node:fs/promises';
  if (isFs && layer !== 'renderer' && !MAY_USE_FS.includes(file)) return `${file}: imports ${name}, not base/files`;
  if (layer === 'contract' && name !== 'zod') return `${file}: imports ${name}, and contract may import zod only`;
  if (/^electron(\/|$)/.test(name) && layer !== 'shell') return `${file}: imports electron outside the shell`;
  if (layer === 'renderer' && name.startsWith('node:')) return `${file}: imports ${name} into the window`;
  return null;
}

const isRelative = (name: string) => name.startsWith('./') || name.startsWith('../') || name === '.' || name === '..';

function importProblems(files: FileMap, file: string, source: string): string[] {
  const layer = layerOf(file);
  if (layer === null) return [];
  return importsOf(source).flatMap((name) => {
    const problem = isRelative(name)
      ? layerProblem(file, layer, resolveImport(files, file, name))
      : packageProblem(file, layer, name);
    return problem ?? [];
  });
}

/** A file that only hands on what others export. */
function barrelProblem(file: string, source: string): string | null {
  const code = withoutComments(source);
  const rest = code.replaceAll(
    /export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s+['"][^'"\n]+['"];?/g,
    '',
  );
  const onlyHandsOn = rest.length < code.length && rest.trim() === '';
  const handsOnAll = /^export\s+(?:type\s+)?\*/m.test(code);
  return onlyHandsOn || handsOnAll || /\/index\.tsx?$/.test(file) ? `${file}: is a barrel` : null;
}

/** Top-level statements that are no declarations. Relies on the formatter: nothing else begins a line. */
function effectProblem(file: string, source: string): string | null {
  const code = withoutComments(source).replaceAll(/`(?:\\[\s\S]|[^`\\])*`/g, '``');
  const declared =
    /^(?:\s|$|[>}\])]|(?:import|export|const|let|type|interface|function|async function|class|abstract class|enum|declare)\b)/;
  const effect = code.split('\n').find((line) => !declared.test(line));
  return effect === undefined ? null : `${file}: runs "${effect.slice(0, 40)}" when it is imported`;
}

/** The time of day is asked for in one place, which the fault suites can set. The window's shell and commands stand outside. */
function clockProblem(file: string, layer: string, source: string): string | null {
  if (file === 'src-main/base/clock.ts' || ['cli', 'shell', 'renderer'].includes(layer)) return null;
  return /\bDate\.now\(/.test(withoutComments(source)) ? `${file}: asks Date.now(), not the clock` : null;
}

/** Every circle of imports, each once, as `a > b > a`. */
function circles(files: FileMap): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, trail: readonly string[]) => {
    if (state.get(file) === 'open') found.push(`circle: ${[...trail.slice(trail.indexOf(file)), file].join(' > ')}`);
    if (state.has(file)) return;
    state.set(file, 'open');
    for (const name of importsOf(files.get(file) ?? '').filter(isRelative)) {
      const target = resolveImport(files, file, name);
      if (files.has(target)) visit(target, [...trail, file]);
    }
    state.set(file, 'done');
  };
  for (const file of files.keys()) if (layerOf(file) !== null) visit(file, []);
  return found;
}

/** Every breach of the house's rules in `files`. `entries`: programs, which alone run something when loaded. */
export function architectureProblems(files: FileMap, entries: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  for (const [file, source] of files) {
    const lines = source.split('\n').length - (source.endsWith('\n') ? 1 : 0);
    if (lines > MOST_LINES) problems.push(`${file}: has ${lines} lines, more than ${MOST_LINES}`);
    const layer = layerOf(file);
    if (layer === null) continue;
    const clock = clockProblem(file, layer, source);
    if (clock !== null) problems.push(clock);
    problems.push(...importProblems(files, file, source));
    const barrel = barrelProblem(file, source);
    if (barrel !== null) problems.push(barrel);
    const effect = entries.has(file) ? null : effectProblem(file, source);
    if (effect !== null) problems.push(effect);
  }
  return [...problems, ...circles(files)];
}
