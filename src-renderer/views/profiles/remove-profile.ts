import { removeEntry } from '../../state/removing';
import { valueAt } from '../../state/settings-tree';
import { draftOf } from './profile-rows';

/** The default profile then is what it is without a word in the file; one that a folder uses stays. */
export async function removeProfile(name: string): Promise<void> {
  const path = ['profiles', name];
  await removeEntry({
    id: draftOf(name),
    name,
    placeOf: ({ written }) => (valueAt(written, path) === undefined ? null : path),
  });
}
