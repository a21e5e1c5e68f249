// npm test: types, lint, then every suite in its reduced form. `--faults` runs the long forms of the fault suites.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isNode24, root } from './runtime.mjs';

if (!isNode24()) throw new Error(`the tests run on Node 24, not ${process.version}`);
const faults = process.argv.includes('--faults');
const rest = process.argv.slice(2).filter((argument) => argument !== '--faults');
if (!faults && rest.length === 0) {
  const check = spawnSync(process.execPath, [join(root, 'scripts', 'check.mjs')], { stdio: 'inherit' });
  if (check.status !== 0) process.exit(1);
}
const vitest = [
  join(root, 'node_modules', 'vitest', 'vitest.mjs'),
  'run',
  ...(faults ? ['test/recovery'] : []),
  ...rest,
];
const run = spawnSync(process.execPath, vitest, {
  stdio: 'inherit',
  cwd: root,
  env: { ...process.env, ...(faults ? { DROPGATE_FAULTS: 'whole' } : {}) },
});
process.exit(run.status ?? 1);
