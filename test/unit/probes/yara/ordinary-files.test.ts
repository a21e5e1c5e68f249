import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openProbe, scan } from './support';

const ROOT = resolve(__dirname, '../../../..');
/** Programs, libraries, scripts, documents, pages, pictures and fonts that every machine which runs the tests has. */
const PLACES = ['/usr/bin', '/usr/lib', '/usr/share', '/etc', join(ROOT, 'node_modules')];
const MOST_FILES_OF_A_PLACE = 1000;
const MOST_BYTES = 4 * 1024 ** 2;
/** Packed and embedded test programs of ClamAV, which the rules shall find. */
const NOT_ORDINARY = /clamav-testfiles/;

/** Every `step`th file below a folder, so that all of its parts are tried. */
function someFilesBelow(place: string): string[] {
  const all = filesBelow(place);
  const step = Math.max(1, Math.floor(all.length / MOST_FILES_OF_A_PLACE));
  return all.filter((path, at) => at % step === 0 && isReadable(path)).slice(0, MOST_FILES_OF_A_PLACE);
}

/** Links are not followed (what `readdir` does by itself with `recursive`): some of a system's lead in circles. */
function filesBelow(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() && !NOT_ORDINARY.test(path) ? [path] : [];
  });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // another system than Debian, or a folder that this user may not see
  }
}

function isReadable(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.size <= MOST_BYTES && (found.mode & 0o004) !== 0;
}

test('the built-in rules stop none of the ordinary files of this machine', async () => {
  const paths = PLACES.flatMap(someFilesBelow);
  expect(paths.length).toBeGreaterThan(1000);
  const probe = openProbe({ processes: 2 });
  const found = await Promise.all(
    paths.map(async (path) => {
      const { findings } = await scan(probe, path);
      return findings
        .filter(({ severity }) => severity !== 'info')
        .map(({ name, evidence }) => `${name}: ${path} ${evidence}`);
    }),
  );
  expect(found.flat()).toEqual([]);
}, 180_000);
