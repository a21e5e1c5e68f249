// Ordinary files of the machine, under their own names: programs, libraries, documents, fonts, pictures, packages.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { regularFiles } from '../support/corpus.mjs';
import { cache, root } from '../support/places.mjs';
import { seeded } from '../support/random.mjs';

const SEED = 4;
const LARGEST = 8 * 1024 ** 2;
/** Files that are samples of attacks or of broken archives: ClamAV's. */
const NOT_ORDINARY = /clamav-testfiles/;
const PACKAGES =
  'bash coreutils tar gzip zip unzip nano less curl wget perl-base python3-minimal fonts-dejavu-core debian-policy ' +
  'libcommons-lang3-java libxerces2-java libjs-jquery tzdata adduser hicolor-icon-theme doc-debian sed grep mawk ' +
  'libssl3 zlib1g libsqlite3-0 file busybox jq';

function sources() {
  const python = String(
    execFileSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))']),
  ).trim();
  return [
    { name: 'bin', folder: '/usr/bin', wanted: 600 },
    { name: 'lib', folder: '/usr/lib', wanted: 6500 },
    { name: 'share', folder: '/usr/share', wanted: 7000 },
    { name: 'python', folder: python, wanted: 3000 },
    { name: 'node_modules', folder: join(root, 'node_modules'), wanted: 3500 },
  ];
}

function copyChoice({ name, folder, wanted }, into) {
  const next = seeded(SEED);
  const left = [...regularFiles(folder)]
    .filter(({ path, size }) => size > 0 && size <= LARGEST && !NOT_ORDINARY.test(path))
    .map(({ path }) => path)
    .sort();
  for (let taken = 0; taken < wanted && left.length > 0; taken += 1) {
    const at = next(left.length);
    const path = left[at];
    left[at] = left[left.length - 1];
    left.pop();
    const target = join(into, name, path.slice(folder.length));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(path, target);
  }
}

/** Packages of the system's own archive. Those that cannot be fetched are left out, and counted by whoever counts files. */
function fetchPackages(into) {
  mkdirSync(into, { recursive: true });
  for (const name of PACKAGES.split(' ')) {
    spawnSync('apt-get', ['download', '-qq', '-o', 'APT::Sandbox::User=root', name], { cwd: into, stdio: 'ignore' });
  }
}

/** {folder, files, bytes, packages}; made at the first call, the same choice on the same machine. */
export function ordinaryFiles() {
  const folder = join(cache, 'detection', 'ordinary');
  if (!existsSync(folder)) {
    const temporary = `${folder}.${process.pid}`;
    rmSync(temporary, { recursive: true, force: true });
    for (const source of sources()) copyChoice(source, temporary);
    fetchPackages(join(temporary, 'packages'));
    renameSync(temporary, folder);
  }
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = paths.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  return { folder, files: paths.length, bytes, packages: readdirSync(join(folder, 'packages')).length };
}
