import { CallError, engine, shell } from '../bridge';
import { distinctNames, pathInFolder, safeFileName } from '../format/paths';
import { nameOfItem } from './item-page';
import { tellGone } from './leaving';
import { type ActOutcome, forEachItem, outcomeOf } from './many-items';
import { usePreferences } from './preferences';

export const deleteKept = (ids: readonly string[], reason: string): Promise<ActOutcome> =>
  forEachItem(ids, (id) => engine('kept-delete', { id, reason }), { leaves: true });

/** Held files are scanned again from their kept bytes; the engine says why one cannot be. */
export async function rescan(ids: readonly string[]): Promise<ActOutcome> {
  const { done, failed } = await engine('item-retry', { ids: [...ids] });
  const still = new Set(failed.map(({ id }) => id));
  tellGone(ids.filter((id) => !still.has(id)));
  return outcomeOf(done, failed);
}

/** Bytes that do not have the recorded hash count as a failure. */
export const verifyKept = (ids: readonly string[]): Promise<ActOutcome> =>
  forEachItem(ids, async (id) => {
    const { ok, problem } = await engine('kept-verify', { id });
    if (!ok) throw new CallError('INTEGRITY', problem ?? '', false);
  });

/** Where each file goes: one is named by the person, several get their own names in a folder that the person names. */
async function placeFor(ids: readonly string[], ending: string): Promise<((id: string) => Promise<string>) | null> {
  const nameOf = async (id: string) => `${safeFileName(await nameOfItem(id))}${ending}`;
  const [first] = ids;
  if (ids.length === 1 && first !== undefined) {
    const { path } = await shell('choose-save', { name: await nameOf(first) });
    return path === null ? null : async () => path;
  }
  const folder = (await shell('choose-paths', { kind: 'folder' })).paths[0];
  if (folder === undefined) return null;
  const platform = usePreferences.getState().about?.platform ?? '';
  const distinct = distinctNames();
  const places = new Map<string, string>();
  return async (id) => {
    const place = places.get(id) ?? pathInFolder(folder.path, distinct(await nameOf(id)), platform);
    places.set(id, place); // asked once more, it goes to the same place
    return place;
  };
}

async function into(
  ids: readonly string[],
  ending: string,
  write: (id: string, to: string) => Promise<unknown>,
  options: { readonly leaves?: boolean } = {},
): Promise<ActOutcome | null> {
  const place = await placeFor(ids, ending);
  return place === null ? null : forEachItem(ids, async (id) => write(id, await place(id)), options);
}

/** Asks where; null when the person changed their mind. What is there already is never overwritten: that is a failure. */
export const restoreKept = (ids: readonly string[], reason: string): Promise<ActOutcome | null> =>
  into(ids, '', (id, to) => engine('kept-restore', { id, to, reason }), { leaves: true });

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
