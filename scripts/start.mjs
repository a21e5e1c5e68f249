// npm start: builds when the sources changed, finds an Electron, and opens the window. Arguments are files and folders
// to gate, --data-dir and --config.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ensureBuild } from './builds.mjs';
import { electronArguments, findElectron } from './electron.mjs';
import { failWithoutNode24, findNode24 } from './runtime.mjs';
import { failWithoutDisplay } from './without-display.mjs';

const say = (text) => process.stderr.write(`dropgate: ${text}\n`);

failWithoutDisplay();
const node = findNode24();
if (node === null) failWithoutNode24();
try {
  const folder = ensureBuild('window');
  const electron = await findElectron(say);
  const extra = electronArguments();
  say(`the window runs on ${electron.what}, the engine on ${node}`);
  if (extra.includes('--no-sandbox'))
    say('as root, Chromium runs without its sandbox; better start this as a plain user');
  // npm changes into the package's folder; paths on the command line are meant from where the user stands
  const child = spawn(electron.path, [...extra, folder, ...process.argv.slice(2)], {
    stdio: 'inherit',
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: { ...process.env, DROPGATE_NODE: node },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    say(`cannot start ${electron.path}: ${error.message}`);
    process.exit(2);
  });
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + (constants.signals[signal] ?? 0)));
} catch (error) {
  say(error.message);
  process.exit(2);
}
