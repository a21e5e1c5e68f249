import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { errnoOf } from '../../base/errors';
import { chmod, readdir, rm, symlink } from '../../base/files';
import { makeSubfolder } from '../../base/make-folder';
import { killStrays } from './stray-processes';

/** A fresh folder of one run. */
export interface RunFolder {
  /** Where commands run, and where what they make is made. */
  readonly work: string;
  /** For temporary files; HOME and TMPDIR. */
  readonly home: string;
  /** What DROPGATE_RUN holds: it tells processes of this run from all others. */
  readonly marker: string;
  /** Shows in `work`, by links, what a folder holds. */
  show(workdir: string): Promise<void>;
  /** Ends whatever processes the run left, and removes its folder. */
  close(): Promise<void>;
}

/** Makes a folder below `runs` for one run. Throws what the file system says. */
export async function openRunFolder(runs: string): Promise<RunFolder> {
  const marker = randomUUID();
  const folder = join(runs, marker);
  const work = join(folder, 'work');
  const home = join(folder, 'home');
  for (const path of [work, home]) await makeSubfolder(path, 0o700);
  const show = async (workdir: string) => {
    for (const name of await readdir(workdir)) await symlink(join(workdir, name), join(work, name));
  };
  return { work, home, marker, show, close: () => endRun(runs, marker) };
}

/** Ends what an engine that died left of its runs: processes first, then folders. */
export async function sweepRuns(runs: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(runs);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  for (const marker of names) await endRun(runs, marker);
}

async function endRun(runs: string, marker: string): Promise<void> {
  await killStrays(marker);
  await removeTree(join(runs, marker));
}

/** Also folders that a command made read-only. */
async function removeTree(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    if (errnoOf(error) !== 'EACCES' && errnoOf(error) !== 'EPERM') throw error;
    await openFolders(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

async function openFolders(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await openFolders(join(folder, entry.name)); // never behind a link
  }
}
