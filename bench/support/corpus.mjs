// Real files of the machine, chosen by sorted path and a fixed seed, copied once into .cache/bench/corpus.
import {
  closeSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  opendirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { cache } from './places.mjs';
import { seeded } from './random.mjs';

const SOURCES = ['/usr/bin', '/usr/lib', '/usr/share'];
const KIB = 1024;
const SMALL = { name: 'small', files: 5000, least: 1, most: 200 * KIB, bytes: 70e6, elf: false };
const LARGE = { name: 'large', files: 200, least: 500 * KIB, most: 16 * KIB * KIB, bytes: 307e6, elf: true };
const SEED = 20_261;

/** {path, size} of every regular file below a folder; links are not followed. */
export function* regularFiles(folder) {
  const directory = opendirSync(folder);
  for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* regularFiles(path);
    else if (entry.isFile()) yield { path, size: lstatSync(path).size };
  }
  directory.closeSync();
}

function isElf(path) {
  const fd = openSync(path, 'r');
  try {
    const head = Buffer.alloc(4);
    return readSync(fd, head, 0, 4, 0) === 4 && head.equals(Buffer.from('\x7fELF', 'latin1'));
  } finally {
    closeSync(fd);
  }
}

/** A seeded choice of `wanted.files`; each file that would lead away from the wanted mean size is passed over. */
function choose(files, wanted) {
  const next = seeded(SEED);
  const left = [...files];
  const chosen = [];
  const mean = wanted.bytes / wanted.files;
  let bytes = 0;
  let passedOver = 0;
  while (chosen.length < wanted.files && left.length > 0) {
    const at = next(left.length);
    const [file] = left.splice(at, 1, left[left.length - 1]);
    left.pop();
    const ahead = bytes - mean * chosen.length;
    const leadsAway = (ahead > 0 && file.size > mean) || (ahead < 0 && file.size < mean);
    if (leadsAway && passedOver < files.length - wanted.files) {
      passedOver += 1;
      continue;
    }
    chosen.push(file);
    bytes += file.size;
  }
  if (chosen.length < wanted.files) throw new Error(`only ${chosen.length} files for the ${wanted.name} corpus`);
  return chosen;
}

function copy(chosen, name) {
  const folder = join(cache, 'corpus', name);
  const temporary = `${folder}.${process.pid}`;
  for (const [index, { path }] of chosen.entries()) {
    const part = join(temporary, String(Math.floor(index / 100)).padStart(3, '0'));
    mkdirSync(part, { recursive: true });
    copyFileSync(path, join(part, String(index).padStart(5, '0')));
  }
  renameSync(temporary, folder);
}

/** Folders of the corpus, made at the first call: {small, large}, each {folder, files, bytes}. Reads every file once. */
export function corpus() {
  for (const wanted of [SMALL, LARGE]) {
    if (existsSync(join(cache, 'corpus', wanted.name))) continue;
    const files = SOURCES.flatMap((source) => [...regularFiles(source)])
      .filter(({ size }) => size >= wanted.least && size < wanted.most)
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .filter(({ path }) => !wanted.elf || isElf(path));
    copy(choose(files, wanted), wanted.name);
  }
  return { small: warmed('small'), large: warmed('large') };
}

/** Reads every file, so that the page cache is warm for whoever comes first. */
function warmed(name) {
  const folder = join(cache, 'corpus', name);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const bytes = paths.reduce((sum, path) => sum + readFileSync(path).length, 0);
  return { folder, files: paths.length, bytes };
}

/** `count` hard links to the small files, in 100 folders, for figures that need many. */
export function manyFiles(count) {
  const folder = join(cache, 'many', String(count));
  if (existsSync(folder)) return folder;
  const { folder: small } = corpus().small;
  const paths = readdirSync(small, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const temporary = `${folder}.${process.pid}`;
  rmSync(temporary, { recursive: true, force: true });
  for (let at = 0; at < count; at += 1) {
    const part = join(temporary, String(at % 100).padStart(3, '0'));
    if (at < 100) mkdirSync(part, { recursive: true });
    linkSync(paths[at % paths.length], join(part, String(at).padStart(6, '0')));
  }
  renameSync(temporary, folder);
  return folder;
}
