import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/runtime.mjs';
import { TYPE_PROJECTS } from '../../scripts/type-projects.mjs';

const TSC = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const TOP = ['src-main', 'src-renderer', 'test', 'bench'];

test('every TypeScript file is looked at by the check of types', { timeout: 60_000 }, () => {
  const checked = TYPE_PROJECTS.flatMap((project) =>
    execFileSync(process.execPath, [TSC, '-p', project, '--listFilesOnly'], { encoding: 'utf8' }).split('\n'),
  );
  const sources = TOP.flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(root, top, name)),
  );
  expect(sources.length).toBeGreaterThan(500);
  expect(sources.filter((source) => !checked.includes(source))).toEqual([]);
});
