import { setTimeout } from 'node:timers/promises';
import { errnoOf } from '../base/errors';
import { lstat } from '../base/files';
import type { Ledger } from '../store/ledger';
import type { TakenFile } from '../store/small-tables';

const PAGE = 100;
const REST_MS = 20;
const KEPT_PAGE = 200;

const keyOf = (folder: string, path: Uint8Array) => `${folder}\n${Buffer.from(path).toString('latin1')}`;

/**
 * Forgets files of watched folders that were taken and are gone: nobody will find them again. Those stay whose folder is
 * away or is another one now (a share that is not mounted), and those that are held because they were never taken. Returns
 * how many. An abort ends it early.
 */
export async function pruneTaken(ledger: Ledger, signal: AbortSignal): Promise<number> {
  const untaken = untakenIn(ledger);
  let forgotten = 0;
  let place: TakenFile | null = null;
  while (!signal.aborted) {
    const page: TakenFile[] = ledger.taken.after(place, PAGE);
    place = page.at(-1) ?? null;
    if (place === null) break;
    const gone: TakenFile[] = [];
    for (const file of page) {
      if (!untaken.has(keyOf(file.folder, file.relativePath)) && (await isGone(file))) gone.push(file);
    }
    if (gone.length > 0) {
      await ledger.commit(() => {
        for (const file of gone) ledger.taken.forget(file);
      });
    }
    forgotten += gone.length;
    await setTimeout(REST_MS);
  }
  return forgotten;
}

function untakenIn({ items, submissions }: Ledger): Set<string> {
  const untaken = new Set<string>();
  for (let after = 0; ; ) {
    const page = items.inState('held', { after, limit: KEPT_PAGE });
    const last = page.at(-1);
    if (last === undefined) return untaken;
    after = last.id;
    for (const { destination, submissionId, relativePath } of page) {
      const { watchFolder } = submissions.get(submissionId).plan;
      if (destination === null && watchFolder !== null) untaken.add(keyOf(watchFolder, relativePath));
    }
  }
}

async function isGone({ folder, relativePath, identity }: TakenFile): Promise<boolean> {
  const root = await look(Buffer.from(folder));
  if (root === null || !root.isDirectory() || String(root.dev) !== identity.dev) return false;
  return (await look(Buffer.concat([Buffer.from(`${folder}/`), relativePath]))) === null;
}

async function look(path: Buffer) {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}
