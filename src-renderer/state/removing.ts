import { messageOf } from '../bridge';
import { currentText } from '../i18n/text';
import { type Configuration, checkChanges, useConfigurationStore, writeChanges } from './configuration';
import { addLeaving, removeLeaving } from './leaving';
import type { Path } from './settings-tree';
import { actUnlessUndone, tellProblem } from './toasts';

interface Removal {
  /** Under which the entry is hidden meanwhile. */
  readonly id: string;
  readonly name: string;
  /** Where it is when the time comes; null: it is gone already. */
  readonly placeOf: (configuration: Configuration) => Path | null;
}

function changesFor({ placeOf }: Removal) {
  const { configuration } = useConfigurationStore.getState();
  const path = configuration === null ? null : placeOf(configuration);
  return path === null ? [] : [{ path: [...path] }];
}

/** Takes an entry out of dropgate.yaml when nobody took that back; says at once when the rest does not work without it. */
export async function removeEntry(removal: Removal): Promise<void> {
  const { id, name } = removal;
  const changes = changesFor(removal);
  if (changes.length === 0) return;
  const problems = await checkChanges(changes);
  if (problems.length > 0) {
    tellProblem(`${name}: ${problems.map(({ text }) => text).join('; ')}`);
    return;
  }
  addLeaving([id]);
  const show = () => removeLeaving([id]);
  actUnlessUndone(currentText()('form.removed', { name }), () => void remove(removal).finally(show), show);
}

async function remove(removal: Removal): Promise<void> {
  const changes = changesFor(removal);
  try {
    const problems = changes.length === 0 ? [] : await writeChanges(changes);
    if (problems.length > 0) tellProblem(`${removal.name}: ${problems.map(({ text }) => text).join('; ')}`);
  } catch (error) {
    tellProblem(`${removal.name}: ${messageOf(error)}`);
  }
}
