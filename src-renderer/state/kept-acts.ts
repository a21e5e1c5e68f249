import type { BulkResult } from '../../src-main/contract/window-calls';
import { CallError, engine, messageOf, shell } from '../bridge';
import { distinctNames, pathInFolder, safeFileName } from '../format/paths';
import { currentText } from '../i18n/text';
import { nameOfItem } from './item-page';
import { tellGone } from './leaving';
import { usePreferences } from './preferences';

/** How an act on several kept files ended: how many it did, and for each other why, by name. */
export interface ActOutcome {
  readonly done: number;
  readonly failed: readonly { readonly name: string; readonly problem: string }[];
}

async function shownName(id: string): Promise<string> {
  try {
    return await nameOfItem(id);
  } catch (error) {
    // the message is about another problem; that the name cannot be read must not hide it
    if (error instanceof CallError) return `#${id}`;
    throw error;
  }
}

/** One after the other: what fails is told by name, and the others go on. */
export async function forEachItem(ids: readonly string[], act: (id: string) => Promise<unknown>): Promise<ActOutcome> {
  const failed: { name: string; problem: string }[] = [];
  for (const id of ids) {
    try {
      await act(id);
    } catch (error) {
      failed.push({ name: await shownName(id), problem: messageOf(error) });
    }
  }
  return { done: ids.length - failed.length, failed };
}

async function named({ done, failed }: BulkResult): Promise<ActOutcome> {
  const told = [];
  for (const { id, problem } of failed) told.push({ name: await shownName(id), problem: currentText().told(problem) });
  return { done, failed: told };
}

export const deleteKept = (ids: readonly string[], reason: string): Promise<ActOutcome> =>
  forEachItem(ids, async (id) => {
    await engine('kept-delete', { id, reason });
    tellGone([id]);
  });

/** Held files are scanned again from their kept bytes; the engine says why one cannot be. */
export async function rescan(ids: readonly string[]): Promise<ActOutcome> {
  const result = await engine('item-retry', { ids: [...ids] });
  const failed = new Set(result.failed.map(({ id }) => id));
  tellGone(ids.filter((id) => !failed.has(id)));
  return named(result);
}

/** Bytes that do not have the recorded hash count as a failure. */
export const verifyKept = (ids: readonly string[]): Promise<ActOutcome> =>
  forEachItem(ids, async (id) => {
    const { ok, problem } = await engine('kept-verify', { id });
    if (!ok) throw new CallError('INTEGRITY', problem ?? '', false);
  });

/** Where each file goes: one is named by the person, several get their own names in a folder that the person names. */
async function targets(ids: readonly string[], ending: string): Promise<ReadonlyMap<string, string> | null> {
  const names = [];
  for (const id of ids) names.push(`${safeFileName(await nameOfItem(id))}${ending}`);
  const [first] = ids;
  const [firstName] = names;
  if (ids.length === 1 && first !== undefined && firstName !== undefined) {
    const { path } = await shell('choose-save', { name: firstName });
    return path === null ? null : new Map([[first, path]]);
  }
  const folder = (await shell('choose-paths', { kind: 'folder' })).paths[0];
  if (folder === undefined) return null;
  const platform = usePreferences.getState().about?.platform ?? '';
  const free = distinctNames(names);
  return new Map(ids.map((id, at) => [id, pathInFolder(folder.path, free[at] ?? `${id}${ending}`, platform)]));
}

async function into(
  ids: readonly string[],
  ending: string,
  write: (id: string, to: string) => Promise<unknown>,
): Promise<ActOutcome | null> {
  const to = await targets(ids, ending);
  return to === null ? null : forEachItem([...to.keys()], (id) => write(id, to.get(id) ?? ''));
}

/** Asks where; null when the person changed their mind. What is there already is never overwritten: that is a failure. */
export const restoreKept = (ids: readonly string[], reason: string): Promise<ActOutcome | null> =>
  into(ids, '', async (id, to) => {
    await engine('kept-restore', { id, to, reason });
    tellGone([id]);
  });

/** As AES zip, whose password is `infected`, with the report inside. */
export const exportKept = (ids: readonly string[]): Promise<ActOutcome | null> =>
  into(ids, '.zip', (id, to) => engine('kept-export', { id, to }));

/** From now on, what these probes find in exactly these bytes has no effect. */
export async function exceptKept(
  byItem: ReadonlyMap<string, readonly string[]>,
  reason: string,
  expiresAt: string | null,
): Promise<ActOutcome> {
  return forEachItem([...byItem.keys()], (id) =>
    engine('kept-except', { id, probes: [...(byItem.get(id) ?? [])], reason, expiresAt }),
  );
}
