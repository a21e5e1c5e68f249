// npm run test:e2e: the window in a real Electron, test/e2e. Where there is no display, one of Xvfb's own is used.
// `--packaged` drives the packaged application (npm run package:dir) instead; more arguments are handed to Vitest.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasDisplay } from './electron.mjs';
import { root } from './runtime.mjs';

const packaged = process.argv.includes('--packaged');
const rest = process.argv.slice(2).filter((argument) => argument !== '--packaged');
const binary = join(root, 'out', 'package', 'linux-unpacked', 'dropgate');
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
const command = hasDisplay() ? vitest : ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...vitest];
const run = spawnSync(command[0], command.slice(1), {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...(packaged ? { DROPGATE_PACKAGED: binary } : {}) },
});
if (run.error) process.stderr.write(`dropgate: ${command[0]}: ${run.error.message}\n  next: apt-get install xvfb\n`);
process.exit(run.status ?? 1);
