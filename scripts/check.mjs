// npm run check: types, lint and format.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './runtime.mjs';
import { TYPE_PROJECTS } from './type-projects.mjs';

const steps = [
  ...TYPE_PROJECTS.map((project) => [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project]),
  [join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', root],
];
let failed = false;
for (const step of steps) failed = spawnSync(process.execPath, step, { stdio: 'inherit' }).status !== 0 || failed;
process.exit(failed ? 1 : 0);
