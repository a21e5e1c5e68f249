import { removeEntry } from '../../state/removing';
import { valueAt } from '../../state/settings-tree';
import { draftOf } from './destination-rows';

/** A profile that still sends its files there keeps it. */
export async function removeDestination(name: string): Promise<void> {
  const path = ['destinations', name];
  await removeEntry({
    id: draftOf(name),
    name,
    placeOf: ({ written }) => (valueAt(written, path) === undefined ? null : path),
  });
}
