// Builds of src-main, one folder per content: .cache/builds/<hash>. A build is made beside its place and renamed
// into it, so several starts at once never see half a build, and a stale one is never run.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { failWithoutNode24, findNode24, root } from './runtime.mjs';

const BUILDS = join(root, '.cache', 'builds');
const KEPT_BUILDS = 4;
const OLD_MS = 60 * 60 * 1000;

function* sourceFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(path);
    else if (entry.isFile()) yield path;
  }
}

/** Hash over everything a build is made of. */
function sourceHash() {
  const hash = createHash('sha256');
  for (const name of ['package-lock.json', 'package.json', 'electron.vite.config.ts', 'tsconfig.json'])
    hash.update(readFileSync(join(root, name)));
  for (const path of sourceFiles(join(root, 'src-main')))
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path));
  return hash.digest('hex').slice(0, 20);
}

/** Builds src-main into `outDir`; throws with the builder's own words when it fails. */
export function buildInto(outDir) {
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
        ELECTRON_MAJOR_VER: process.env.ELECTRON_MAJOR_VER ?? '45',
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

/** Folder of an up-to-date build; makes it when there is none. */
export function ensureBuild() {
  const name = sourceHash();
  const folder = join(BUILDS, name);
  if (existsSync(join(folder, 'cli.js'))) return folder;
  mkdirSync(BUILDS, { recursive: true });
  // Inside the checkout, so that the build's require() finds node_modules.
  const temporary = join(BUILDS, `.${name}.${process.pid}`);
  try {
    buildInto(temporary);
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(join(folder, 'cli.js'))) throw error;
  }
  utimesSync(folder, new Date(), new Date());
  pruneBuilds(name);
  return folder;
}
