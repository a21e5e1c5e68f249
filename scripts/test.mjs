// npm test: types, lint, then every suite in its reduced form, then the window in a real Electron (scripts/test-e2e.mjs).
// `--faults` runs the long forms of the fault suites; arguments are handed to Vitest, and the window is left out.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isNode24, root } from './runtime.mjs';

if (!isNode24()) throw new Error(`the tests run on Node 24, not ${process.version}`);
const faults = process.argv.includes('--faults');
const rest = process.argv.slice(2).filter((argument) => argument !== '--faults');
const whole = !faults && rest.length === 0;
if (whole) {
  const check = spawnSync(process.execPath, [join(root, 'scripts', 'check.mjs')], { stdio: 'inherit' });
  if (check.status !== 0) process.exit(1);
}

const counted = mkdtempSync(join(tmpdir(), 'dropgate-counts-'));

/** Runs one part of the tests; its counts. A part that ended badly without counts is one failure. */
function run(name, args, env = {}) {
  const file = join(counted, name);
  const { status } = spawnSync(process.execPath, args, {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, ...env, DROPGATE_TEST_COUNTS: file },
  });
  const none = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : none;
  if (status === 0 || counts.failed > 0) return counts;
  return { ...counts, failed: 1, failures: [`${name}: ended with ${status ?? 'a signal'} and counted no failure`] };
}

const vitest = [
  join(root, 'node_modules', 'vitest', 'vitest.mjs'),
  'run',
  ...(faults && rest.length === 0 ? ['test/faults', 'test/integration/run-command'] : []),
  ...rest,
];
const parts = [run('suites', vitest, faults ? { DROPGATE_FAULTS: 'whole' } : {})];
if (whole) parts.push(run('window', [join(root, 'scripts', 'test-e2e.mjs')]));
rmSync(counted, { recursive: true, force: true });

for (const failure of parts.flatMap(({ failures }) => failures)) console.log(`failed: ${failure}`);
const sum = (key) => parts.reduce((all, counts) => all + counts[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exit(sum('failed') === 0 ? 0 : 1);
