import { create } from 'zustand';
import { engine, messageOf } from '../../bridge';
import { nameOfPath } from '../../format/visible-name';
import { giveToDrop, useDrop } from '../../state/drop';
import { currentRefusal, type NotTaken, useDropSetup } from '../../state/drop-setup';
import { useFirstRun } from '../../state/first-run';

interface FirstDropState {
  /** Names of what is being handed to the engine. */
  readonly handing: readonly string[];
  readonly notTaken: NotTaken | null;
  /** The submission that is watched to its verdicts. */
  readonly submission: string | null;
}

const NOTHING: FirstDropState = { handing: [], notTaken: null, submission: null };
export const useFirstDrop = create<FirstDropState>()(() => NOTHING);

export function forgetFirstDrop(): void {
  useFirstDrop.setState(NOTHING);
}

/** Once the first run was left, the Drop view keeps what was not taken, with its own reason. */
function keep(paths: readonly string[], why: NotTaken['why']): void {
  if (useFirstRun.getState().wanted === false) giveToDrop(paths);
  else useFirstDrop.setState(({ notTaken }) => ({ notTaken: { paths: [...(notTaken?.paths ?? []), ...paths], why } }));
}

/** Hands paths to the engine as one submission, which is watched from then on; else they are kept with the reason. */
export async function takeFirstDrop(paths: readonly string[]): Promise<void> {
  const refusal = currentRefusal();
  if (refusal !== null) return keep(paths, refusal);
  const { profile, setup } = useDropSetup.getState();
  useFirstDrop.setState({ handing: paths.map(nameOfPath) });
  try {
    const { submission } = await engine('gate', {
      paths: [...paths],
      profile: setup === null ? null : profile,
      probes: null,
      force: false,
      from: 'window',
    });
    useFirstDrop.setState({ submission });
  } catch (error) {
    keep(paths, { kind: 'problem', text: messageOf(error) });
  } finally {
    useFirstDrop.setState({ handing: [] });
  }
}

/** Takes what was dropped, pasted or handed in from outside. */
export function takeFirstGiven(): void {
  const { given } = useDrop.getState();
  if (given === null) return;
  useDrop.setState({ given: null });
  void takeFirstDrop(given);
}

export function takeFirstAgain(): void {
  const { notTaken } = useFirstDrop.getState();
  if (notTaken === null) return;
  useFirstDrop.setState({ notTaken: null });
  void takeFirstDrop(notTaken.paths);
}
