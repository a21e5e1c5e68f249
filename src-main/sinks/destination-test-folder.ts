import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { errnoOf, messageOf } from '../base/errors';
import { lstatSync, open, readFile, rm, rmdir, stat, statfs } from '../base/files';
import { makeFolder } from '../base/make-folder';
import { type Step, TEST_PREFIX, type TestResult } from './destination-test-steps';
import { publishExclusive } from './publish';
import { storageError } from './storage-error';

const FOLDER_MODE = 0o750;
/** With less than this there is no forwarding to speak of. */
const LEAST_FREE_BYTES = 64 * 1024 ** 2;

/** Carries the step that failed to the end of the test. */
class Failed extends Error {
  readonly step: Step;
  constructor(step: Step) {
    super(step.detail);
    this.step = step;
  }
}

/** Tries a folder as a destination. What the test makes, the folder itself too, it takes away again. */
export async function testFolder(dir: string): Promise<TestResult> {
  const steps: Step[] = [];
  const made = missingOf(dir);
  const name = `${TEST_PREFIX}${randomBytes(8).toString('hex')}`;
  const [probe, published] = [join(dir, name), join(dir, `${name}-published`)];
  const attempt = async (step: Step['name'], work: () => Promise<string>) => {
    try {
      steps.push({ name: step, ok: true, detail: await work() });
    } catch (error) {
      throw new Failed({ name: step, ok: false, detail: messageOf(storageError(error, dir)) });
    }
  };
  try {
    await attempt('folder', () => haveFolder(dir, made.length > 0));
    await attempt('write', () => writeProbe(probe));
    await attempt('publish', () => publishProbe(probe, published));
    await attempt('remove', () => removeProbe(published));
    await attempt('space', () => spaceIn(dir));
  } catch (error) {
    steps.push(error instanceof Failed ? error.step : { name: 'folder', ok: false, detail: messageOf(error) });
  } finally {
    for (const path of [probe, published]) await rm(path, { force: true }).catch(() => undefined); // told by "remove"
    for (const folder of made) await rmdir(folder).catch(() => undefined); // somebody else uses it meanwhile: it stays
  }
  return { ok: steps.every(({ ok }) => ok), steps, found: {} };
}

/** Folders of the path that are not there, the innermost first. */
function missingOf(dir: string): string[] {
  const missing: string[] = [];
  for (let folder = dir; !isThere(folder) && dirname(folder) !== folder; folder = dirname(folder)) missing.push(folder);
  return missing;
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true; // cannot be looked at: making it says why
  }
}

async function haveFolder(dir: string, isNew: boolean): Promise<string> {
  makeFolder(dir, FOLDER_MODE);
  if (!(await stat(dir)).isDirectory()) throw Object.assign(new Error(`${dir} is no folder`), { code: 'ENOTDIR' });
  return isNew ? `${dir} is not there yet and can be made.` : `${dir} is there.`;
}

async function writeProbe(path: string): Promise<string> {
  const bytes = randomBytes(4096);
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (!(await readFile(path)).equals(bytes)) throw new Error('other bytes came back than were written; check the disk');
  return 'A file was written there and read back, byte for byte.';
}

async function publishProbe(probe: string, published: string): Promise<string> {
  if (!(await publishExclusive(Buffer.from(probe), Buffer.from(published)))) {
    throw new Error('a file of that name was there already; try again');
  }
  return 'A finished file gets its name in one step.';
}

async function removeProbe(path: string): Promise<string> {
  await rm(path);
  return 'Nothing of the test was left there.';
}

async function spaceIn(dir: string): Promise<string> {
  let free: number;
  try {
    const { bavail, bsize } = await statfs(dir);
    free = bavail * bsize;
  } catch (error) {
    if (errnoOf(error) === 'ENOSYS') return 'The file system does not tell how much space is free.';
    throw error;
  }
  const shown = `${(free / 1024 ** 3).toFixed(1)} GiB`;
  if (free < LEAST_FREE_BYTES) throw Object.assign(new Error(`${shown} free`), { code: 'ENOSPC' });
  return `${shown} are free.`;
}
