// npm run dev: the window with hot reload. Views change in place; changes of shell and preload start it again.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { electronArguments, findElectron } from './electron.mjs';
import { findNode24, root, runOnNode24 } from './runtime.mjs';
import { failWithoutDisplay } from './without-display.mjs';

const say = (text) => process.stderr.write(`dropgate: ${text}\n`);

/** A port that nobody has now, so that several may work at once. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

failWithoutDisplay();
try {
  const electron = await findElectron(say);
  say(`the window runs on ${electron.what}`);
  const sandbox = electronArguments().includes('--no-sandbox') ? ['--noSandbox'] : [];
  const viteCli = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  runOnNode24([viteCli, 'dev', '--watch', ...sandbox, '--', ...process.argv.slice(2)], {
    ELECTRON_EXEC_PATH: electron.path,
    ELECTRON_MAJOR_VER: '25',
    DEV_SERVER_PORT: String(await freePort()),
    DROPGATE_NODE: findNode24() ?? '',
  });
} catch (error) {
  say(error.message);
  process.exit(2);
}
