import { engine, messageOf, shell } from '../../bridge';
import { textOfPath } from '../../format/path-text';
import { currentText } from '../../i18n/text';
import { useConfigurationStore, writeChanges } from '../../state/configuration';
import { beginDraft } from '../../state/drafts';
import { go } from '../../state/navigation';
import { removeEntry } from '../../state/removing';
import { tell, tellProblem } from '../../state/toasts';
import { type FolderRow, placeOfFolder } from './folder-rows';

export const draftOf = (dir: string) => `folder:${dir}`;

/** Asks for a folder and opens its form; one that is watched already opens as it is. Throws CallError. */
export async function addFolder(): Promise<void> {
  const [chosen] = (await shell('choose-paths', { kind: 'folder' })).paths;
  if (chosen === undefined) return;
  const dir = textOfPath(chosen.path);
  if (dir === null) {
    tellProblem(currentText()('folders.notText', { folder: chosen.display }));
    return;
  }
  const { configuration } = useConfigurationStore.getState();
  if (configuration === null || placeOfFolder(configuration, dir) === null) beginDraft(draftOf(dir), { dir });
  go('folders', dir);
}

/** At once, and kept in the file, so that a folder stays paused when the engine begins anew. Throws CallError. */
export async function pauseFolder({ dir, written }: FolderRow, paused: boolean): Promise<void> {
  await engine('pause', { dir, paused });
  const { configuration } = useConfigurationStore.getState();
  const place = configuration === null ? null : placeOfFolder(configuration, written);
  if (place === null) return;
  const path = [...place, 'paused'];
  try {
    const problems = await writeChanges([paused ? { path, value: true } : { path }]);
    if (problems.length > 0) throw new Error(problems.map(({ text }) => text).join('; '));
  } catch (error) {
    tellProblem(currentText()('folders.notKept', { folder: dir, problem: messageOf(error) }));
  }
}

export async function removeFolder({ dir, written }: FolderRow): Promise<void> {
  await removeEntry({
    id: draftOf(written),
    name: dir,
    placeOf: (configuration) => placeOfFolder(configuration, written),
  });
}

/** Throws CallError. */
export async function sweepNow(): Promise<void> {
  await engine('sweep', {});
  tell(currentText()('folders.swept'));
}
