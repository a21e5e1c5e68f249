// npm run package:dir: the packaged application as a folder in out/package, with its own Node inside. Needs no network:
// it is made from the Electron that scripts/electron.mjs finds. `npm run package` makes the installers of this system.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildInto } from './builds.mjs';
import { findElectron } from './electron.mjs';
import { findNode24, root } from './runtime.mjs';

const say = (text) => process.stderr.write(`dropgate: ${text}\n`);
const onlyFolder = process.argv.includes('--dir');

/** The Node that the package brings along. */
function putNode() {
  const folder = join(root, 'out', 'node');
  const binary = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(realpathSync(findNode24()), binary);
  chmodSync(binary, 0o755);
}

try {
  buildInto(join(root, 'out', 'main'), 'window');
  putNode();
  const builder = [join(root, 'node_modules', 'electron-builder', 'cli.js'), '--publish', 'never'];
  if (onlyFolder) {
    const electron = await findElectron(say);
    say(`packaging ${electron.what}`);
    builder.push('--dir', `-c.electronDist=${electron.folder}`, `-c.electronVersion=${electron.version}`);
    // the tests drive a folder by way of Node's inspector; what is released has it off
    builder.push('-c.electronFuses.enableNodeCliInspectArguments=true');
  }
  const result = spawnSync(process.execPath, builder, { cwd: root, stdio: 'inherit' });
  process.exit(result.status ?? 1);
} catch (error) {
  say(error.message);
  process.exit(1);
}
