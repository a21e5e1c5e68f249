import { basename, join } from 'node:path';
import { syncFolder } from '../base/atomic-file';
import { nameOf } from '../base/display-name';
import { mkdir, readdir, rename } from '../base/files';
import type { Plan } from '../contract/submission';
import type { Pipeline } from '../pipeline/pipeline';
import type { ReceivedFile } from '../pipeline/transition-facts';
import type { Ledger } from '../store/ledger';
import type { DataFolder } from './data-folder';
import { rememberRestoration, restorationOf } from './restoration';

const PAGE = 500;
const NAMES_TOLD = 20;
/** Staged copies of files, in the folders of their submissions; members of archives come out of these again. */
const SUBMISSION = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const STAGED_FILE = /^item-[0-9a-f-]{36}$/;

export interface Places {
  readonly folder: Pick<DataFolder, 'staging' | 'recovered'>;
  /** Roots of what is held and quarantined. */
  readonly kept: readonly string[];
  /** How recovered files are gated. Nobody knows any more where they were to go, nor what they were called. */
  readonly plan: () => Plan;
}

/**
 * After the ledger was replaced by an older or an empty one: staged files that it does not name become a submission of
 * their own and are scanned again, before anything is swept away; held and quarantined files that it does not name are
 * counted. Returns null when the ledger is the one that worked here before.
 */
export async function rereadStaging(
  pipeline: Pipeline,
  places: Places,
): Promise<{ readonly recovered: number; readonly unnamed: readonly string[] } | null> {
  const { ledger } = pipeline;
  const restoration = restorationOf(ledger);
  if (restoration?.recovered === null) {
    const unnamed = await unnamedKept(ledger, places.kept);
    const files = await takeUnnamed(ledger, places.folder);
    const done = { ...restoration, recovered: files.length, unnamed: unnamed.length };
    await recover(pipeline, files, places.plan, () => rememberRestoration(ledger, done));
    await pipeline.transitions.note(null, 'staging-reread', {
      recovered: files.length,
      unnamed: unnamed.length,
      names: unnamed.slice(0, NAMES_TOLD),
    });
    return { recovered: files.length, unnamed };
  }
  if (ledger.submissions.any()) return null;
  const files = await takeUnnamed(ledger, places.folder);
  if (files.length === 0) return null;
  await recover(pipeline, files, places.plan, () => undefined);
  return { recovered: files.length, unnamed: await unnamedKept(ledger, places.kept) };
}

/** `also`: written in the very step that receives the files, so that they are received once. */
async function recover(
  pipeline: Pipeline,
  files: readonly ReceivedFile[],
  plan: () => Plan,
  also: () => void,
): Promise<void> {
  if (files.length === 0) return pipeline.ledger.commit(also);
  const { id } = await pipeline.open('recovered', plan());
  // handed in together, both are in one transaction
  await Promise.all([pipeline.ledger.commit(also), pipeline.receive(id, files)]);
  await pipeline.seal(id);
}

/** Moves staged files that no item names to a folder of their own, from which they are received as any file. */
async function takeUnnamed(ledger: Ledger, folder: Places['folder']): Promise<ReceivedFile[]> {
  const { staged, sources } = pathsNamed(ledger);
  await mkdir(folder.recovered, { recursive: true, mode: 0o700 });
  for (const submission of await namesIn(folder.staging, SUBMISSION)) {
    for (const name of await namesIn(join(folder.staging, submission), STAGED_FILE)) {
      const path = join(folder.staging, submission, name);
      if (!staged.has(path)) await rename(path, join(folder.recovered, name));
    }
  }
  await syncFolder(folder.recovered);
  return (await namesIn(folder.recovered, STAGED_FILE))
    .map((name) => join(folder.recovered, name))
    .filter((path) => !sources.has(path))
    .map((path) => ({
      relativePath: Buffer.from(basename(path)),
      sourcePath: Buffer.from(path),
      skipped: null,
      refused: null,
      identity: null,
    }));
}

function pathsNamed({ items }: Ledger): { readonly staged: Set<string>; readonly sources: Set<string> } {
  const staged = new Set<string>();
  for (let page = items.withStagedPath({ after: 0, limit: PAGE }); page.length > 0; ) {
    for (const { stagedPath } of page) staged.add(stagedPath);
    page = items.withStagedPath({ after: page.at(-1)?.id ?? 0, limit: PAGE });
  }
  const sources = new Set<string>();
  for (let page = items.unsettled({ after: 0, limit: PAGE }); page.length > 0; ) {
    for (const { sourcePath } of page) sources.add(String(sourcePath));
    page = items.unsettled({ after: page.at(-1)?.id ?? 0, limit: PAGE });
  }
  return { staged, sources };
}

async function namesIn(folder: string, pattern: RegExp): Promise<string[]> {
  return (await readdir(folder)).filter((name) => pattern.test(name)).sort();
}

/** Held and quarantined files that no row names, as they are shown. */
async function unnamedKept(ledger: Ledger, roots: readonly string[]): Promise<string[]> {
  const unnamed: string[] = [];
  for (const root of roots) {
    for (const submission of await namesIn(root, SUBMISSION)) {
      const named = keptPlaces(ledger, submission);
      for (const name of await readdir(join(root, submission), { encoding: 'latin1' })) {
        const path = `${Buffer.from(join(root, submission)).toString('latin1')}/${name}`;
        if (!name.endsWith('.report.json') && !named.has(path)) {
          unnamed.push(nameOf(Buffer.from(path, 'latin1')).display);
        }
      }
    }
  }
  return unnamed;
}

/** Where files of a submission are kept, by their true bytes. */
function keptPlaces({ submissions, items }: Ledger, guid: string): Set<string> {
  const places = new Set<string>();
  const submission = submissions.find(guid);
  if (submission === null) return places;
  for (let after = 0; ; ) {
    const page = items.settled(submission.id, { after, limit: PAGE });
    const last = page.at(-1);
    if (last === undefined) return places;
    after = last.settledSeq ?? Number.POSITIVE_INFINITY;
    for (const { destination } of page) if (destination !== null) places.add(destination.toString('latin1'));
  }
}
