import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { architectureProblems, importsOf } from './support/architecture';

const root = join(__dirname, '..');
const FOLDERS = ['src-main', 'src-renderer', 'test', 'bench', 'scripts'];

function sources(): Map<string, string> {
  const files = new Map<string, string>();
  for (const folder of FOLDERS.filter((name) => existsSync(join(root, name)))) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ts|tsx|mts|mjs|cjs|js)$/.test(name)) continue;
      files.set([folder, ...name.split(sep)].join('/'), readFileSync(join(root, folder, name), 'utf8'));
    }
  }
  return files;
}

/** Programs of the build, as electron.vite.config.ts names them, and the window's own start. */
function entries(): Set<string> {
  const config = readFileSync(join(root, 'electron.vite.config.ts'), 'utf8');
  const named = [...config.matchAll(/'(src-(?:main|renderer)\/[^']+\.tsx?)'/g)].flatMap(([, path]) => path ?? []);
  return new Set([...named, 'src-renderer/main.tsx']);
}

describe('the architecture', () => {
  it('holds in every source file', () => {
    const files = sources();
    expect(files.size).toBeGreaterThan(50); // the scan found the sources at all
    expect(architectureProblems(files, entries())).toEqual([]);
  });

  it('names entries that exist', () => {
    const missing = [...entries()].filter((path) => path.startsWith('src-main/') && !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });
});

/** Problems of a small tree; file names stand below src-main unless they say otherwise. */
function problemsOf(tree: Record<string, string>, programs: string[] = []): string[] {
  const files = Object.entries(tree).map(([path, text]): [string, string] => [
    path.startsWith('src-') || path.startsWith('test/') ? path : `src-main/${path}`,
    text,
  ]);
  return architectureProblems(new Map(files), new Set(programs));
}

describe('the check itself', () => {
  it.each([
    ['contract imports a package', { 'contract/a.ts': "import { pino } from 'pino';" }, 'contract may import zod only'],
    ['contract imports node', { 'contract/a.ts': "import { join } from 'node:path';" }, 'contract may import zod only'],
    [
      'base imports store',
      { 'base/a.ts': "import { x } from '../store/b';", 'store/b.ts': '' },
      'base may import contract',
    ],
    ['a file system of its own', { 'store/a.ts': "import { rm } from 'node:fs/promises';" }, 'not base/files'],
    ['a time of its own', { 'store/a.ts': 'export const x = () => Date.now();' }, 'not the clock'],
    ['a type crosses layers', { 'probes/a.ts': "import type { X } from '../store/b';" }, 'probes may import base'],
    ['a type by import()', { 'sinks/a.ts': "type X = import('../probes/probe').Probe;" }, 'sinks may import base'],
    ['a lazy import', { 'intake/a.ts': "const load = () => import('../pipeline/b');" }, 'intake may import base'],
    ['a require', { 'store/a.ts': "const b = require('../engine/b');" }, 'store may import base'],
    ['a mock', { 'store/a.ts': "export const x = () => vi.mock('../engine/b');" }, 'store may import base'],
    ['an import over lines', { 'base/a.ts': "import {\n  x,\n  y,\n} from '../store/b';" }, 'base may import contract'],
    ['an import behind a URL', { 'base/a.ts': "const u = 'http://x'; export { y } from '../store/b';" }, 'imports'],
    [
      'pipeline imports a probe',
      { 'pipeline/a.ts': "import { x } from '../probes/yara/probe';" },
      'pipeline may import',
    ],
    ['cli goes past the engine', { 'cli/a.ts': "import { x } from '../pipeline/b';" }, 'cli may import engine'],
    ['shell runs the engine', { 'shell/a.ts': "import { x } from '../engine/b';" }, 'shell may import base'],
    ['electron in the engine', { 'engine/a.ts': "import { app } from 'electron';" }, 'electron outside the shell'],
    ['electron in the command line', { 'cli/a.ts': "import type { App } from 'electron/main';" }, 'outside the shell'],
    [
      'the window imports base',
      { 'src-renderer/a.tsx': "import { x } from '../src-main/base/b';" },
      'renderer may import',
    ],
    ['the window imports node', { 'src-renderer/a.tsx': "import { x } from 'node:fs';" }, 'into the window'],
    ['a folder that is no layer', { 'misc/a.ts': "import { x } from '../base/b';" }, 'misc is no layer'],
    ['a long file', { 'test/a.test.ts': 'x\n'.repeat(301) }, 'has 301 lines'],
    ['an index', { 'base/index.ts': 'export const x = 1;' }, 'is a barrel'],
    ['a barrel', { 'base/all.ts': "export { x } from './b';\nexport type { Y } from './c';\n" }, 'is a barrel'],
    ['a star', { 'base/a.ts': "export const x = 1;\nexport * from './b';\n" }, 'is a barrel'],
    ['a start at import', { 'engine/a.ts': 'const x = 1;\nmain();\n' }, 'runs "main();"'],
    ['a condition at import', { 'engine/a.ts': 'if (process.send) {\n  start();\n}\n' }, 'runs "if (process.send) {"'],
  ])('finds: %s', (_title, tree, expected) => {
    const problems = problemsOf(tree);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });

  it('finds circles, also of types and through a file in between', () => {
    const tree = {
      'base/a.ts': "import type { B } from './b';",
      'base/b.ts': "import { c } from './c';",
      'base/c.ts': "import { a } from './a';",
    };
    expect(problemsOf(tree)).toEqual([
      'circle: src-main/base/a.ts > src-main/base/b.ts > src-main/base/c.ts > src-main/base/a.ts',
    ]);
  });

  it('lets through what the design allows', () => {
    const tree = {
      'contract/a.ts': "import { z } from 'zod';\n",
      'base/a.ts':
        "// import { x } from '../store/b'\n/* from '../store/b' */\nimport type { A } from '../contract/a';\n",
      'pipeline/a.ts': "import type { P } from '../probes/probe';\nimport t from '../../resources/guidance/en.json';\n",
      'probes/probe.ts': 'export interface P {\n  x: 1;\n}\n',
      'cli/main.ts': "import { x } from '../engine/a';\nx();\n",
      'engine/a.ts': 'export const x = () => `\nmain();\n`;\n',
      'shell/a.ts': "import { app } from 'electron';\n",
      'test/a.test.ts': 'x\n'.repeat(300),
    };
    expect(problemsOf(tree, ['src-main/cli/main.ts'])).toEqual([]);
  });

  it('reads imports and nothing else', () => {
    const source =
      "import a from 'a';\nimport 'b';\nconst from = 'no'; // from 'no'\nconst t = `x`;\nexport * from \"c\";\n";
    expect(importsOf(source)).toEqual(['a', 'b', 'c']);
  });
});
