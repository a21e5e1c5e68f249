import { act } from '../../state/act';
import { giveToDrop } from '../../state/drop';
import { leaveFirstRun } from '../../state/first-run';
import { forgetFirstDrop, useFirstDrop } from './first-drop';

/** Leaves the first run. Files that were not taken go on to the Drop view, which keeps them with the reason. */
export function leave(): void {
  const { notTaken } = useFirstDrop.getState();
  forgetFirstDrop();
  act(leaveFirstRun);
  giveToDrop(notTaken?.paths ?? []);
}
