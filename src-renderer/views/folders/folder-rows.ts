import type { IpcResult } from '../../../src-main/contract/ipc-schema';
import type { Configuration } from '../../state/configuration';
import { isList, type Json, type Path, valueAt } from '../../state/settings-tree';

export type WatchStatus = IpcResult<'status'>['watch'][number];

/** A watched folder of dropgate.yaml, with what the engine says of it; `status` null until it has taken it over. */
export interface FolderRow {
  /** As the file writes it, which need not be absolute. */
  readonly written: string;
  readonly dir: string;
  readonly index: number;
  readonly profile: string;
  readonly source: string | null;
  readonly status: WatchStatus | null;
}

const textAt = (value: Json | undefined, path: Path) => {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : null;
};

/** Folders in the order of the file. */
export function folderRows(
  { written, effective }: Pick<Configuration, 'written' | 'effective'>,
  statuses: readonly WatchStatus[],
): FolderRow[] {
  const listed = valueAt(written, ['watch']);
  const used = valueAt(effective, ['watch']);
  if (!isList(listed)) return [];
  // while a changed file is being taken over, positions in the two need not mean the same folder
  const isTaken = isList(used) && used.length === listed.length;
  return listed.map((entry, index) => {
    const said = textAt(entry, ['dir']) ?? '';
    const dir = (isTaken ? textAt(used[index], ['dir']) : null) ?? said;
    const profile = textAt(entry, ['profile']) ?? 'default';
    const source = textAt(entry, ['source']) ?? textAt(effective, ['profiles', profile, 'source']);
    const status = statuses.find((one) => one.dir === dir) ?? null;
    return { written: said, dir, index, profile, source, status };
  });
}

/** Where a folder is in the file now; null when it is not there. */
export function placeOfFolder({ written }: Pick<Configuration, 'written'>, dir: string): Path | null {
  const listed = valueAt(written, ['watch']);
  const index = isList(listed) ? listed.findIndex((entry) => textAt(entry, ['dir']) === dir) : -1;
  return index < 0 ? null : ['watch', index];
}

/** Where a new folder would stand. */
export function placeOfNewFolder({ written }: Pick<Configuration, 'written'>): Path {
  const listed = valueAt(written, ['watch']);
  return ['watch', isList(listed) ? listed.length : 0];
}
