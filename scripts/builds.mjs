// Builds, one folder per content: .cache/builds/<hash>. A build is made beside its place and renamed into it, so
// several starts at once never see half a build, and a stale one is never run. The command line has builds of its
// own, without the window, so that it never waits for one.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { failWithoutNode24, findNode24, root } from './runtime.mjs';

const BUILDS = join(root, '.cache', 'builds');
const KEPT_BUILDS = 6;
const OLD_MS = 60 * 60 * 1000;
/** The oldest Electron that a start or a test may use (scripts/electron.mjs): one build serves every one of them. */
const OLDEST_ELECTRON = '25';

/** What each kind of build is made of, and a file that it always has. */
const KINDS = {
  command: { folders: ['src-main'], leaveOut: join(root, 'src-main', 'shell'), proof: 'cli.js' },
  window: { folders: ['src-main', 'src-renderer'], leaveOut: null, proof: 'app.js' },
};

function* sourceFiles(folder, leaveOut) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (path === leaveOut) continue;
    if (entry.isDirectory()) yield* sourceFiles(path, leaveOut);
    else if (entry.isFile()) yield path;
  }
}

/** Hash over everything a build is made of. */
function sourceHash(kind) {
  const { folders, leaveOut } = KINDS[kind];
  const hash = createHash('sha256').update(kind);
  for (const name of ['package-lock.json', 'package.json', 'electron.vite.config.ts', 'tsconfig.json'])
    hash.update(readFileSync(join(root, name)));
  for (const folder of folders)
    for (const path of sourceFiles(join(root, folder), leaveOut))
      hash.update(path.slice(root.length)).update('\0').update(readFileSync(path));
  return hash.digest('hex').slice(0, 20);
}

/** Builds into `outDir`; throws with the builder's own words when it fails. */
export function buildInto(outDir, kind = 'window') {
  const node = findNode24();
  if (node === null) failWithoutNode24();
  const result = spawnSync(
    node,
    [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: root,
      env: {
        ...process.env,
        DROPGATE_BUILD_DIR: outDir,
        DROPGATE_BUILD_PARTS: kind,
        ELECTRON_MAJOR_VER: process.env.ELECTRON_MAJOR_VER ?? OLDEST_ELECTRON,
        NODE_ENV: 'production',
      },
      encoding: 'utf8',
    },
  );
  if (result.status !== 0)
    throw new Error(`the build failed:\n${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`);
}

function pruneBuilds(current) {
  const others = readdirSync(BUILDS)
    .filter((name) => name !== current)
    .map((name) => ({ name, at: statSync(join(BUILDS, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at);
  for (const { name, at } of others.slice(KEPT_BUILDS))
    if (Date.now() - at > OLD_MS) rmSync(join(BUILDS, name), { recursive: true, force: true });
}

/** What Electron reads first when it is given the folder of a build. */
function writeManifest(folder) {
  const { name, productName, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, productName, version, main: 'app.js' }));
}

/**
 * Folder of an up-to-date build; makes it when there is none.
 * @param {'command' | 'window'} kind
 */
export function ensureBuild(kind = 'command') {
  const name = sourceHash(kind);
  const folder = join(BUILDS, name);
  const proof = join(folder, KINDS[kind].proof);
  if (existsSync(proof)) return folder;
  mkdirSync(BUILDS, { recursive: true });
  // Inside the checkout, so that the build's require() finds node_modules.
  const temporary = join(BUILDS, `.${name}.${process.pid}`);
  try {
    buildInto(temporary, kind);
    if (kind === 'window') writeManifest(temporary);
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(proof)) throw error;
  }
  utimesSync(folder, new Date(), new Date());
  pruneBuilds(name);
  return folder;
}
