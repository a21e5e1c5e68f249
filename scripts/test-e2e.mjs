// npm run test:e2e: the window in a real Electron, test/e2e, on an X server of its own (Xvfb) where there is one, so that
// nobody's mouse and screen are taken. `--packaged` drives the packaged application (npm run package:dir) instead, or the
// copy of it whose program DROPGATE_PACKAGED names; more arguments are handed to Vitest. Without any display the tests
// are skipped and counted, and fail with CI=true.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hasDisplay } from './electron.mjs';
import { root } from './runtime.mjs';

const packaged = process.argv.includes('--packaged');
const rest = process.argv.slice(2).filter((argument) => argument !== '--packaged');
const binary = resolve(process.env.DROPGATE_PACKAGED ?? join(root, 'out', 'package', 'linux-unpacked', 'dropgate'));
if (packaged && !existsSync(binary)) {
  process.stderr.write(`dropgate: there is no packaged application at ${binary}\n  next: npm run package:dir\n`);
  process.exit(2);
}
const vitest = [
  process.execPath,
  join(root, 'node_modules', 'vitest', 'vitest.mjs'),
  'run',
  '--config',
  'vitest.e2e.config.mts',
  ...rest,
];
const xvfb = ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24'];
const hasXvfb =
  process.platform === 'linux' && spawnSync('xvfb-run', ['--help'], { stdio: 'ignore' }).error === undefined;
const missing = hasXvfb || hasDisplay() ? {} : { DROPGATE_E2E_MISSING: 'a display (apt install xvfb)' };
const command = hasXvfb ? [...xvfb, ...vitest] : vitest;
const run = spawnSync(command[0], command.slice(1), {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...missing, ...(packaged ? { DROPGATE_PACKAGED: binary } : {}) },
});
if (run.error) process.stderr.write(`dropgate: ${command[0]}: ${run.error.message}\n`);
process.exit(run.status ?? 1);
