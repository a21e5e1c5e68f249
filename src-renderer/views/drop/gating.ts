import { create } from 'zustand';
import { engine, messageOf } from '../../bridge';
import { nameOfPath } from '../../format/visible-name';
import { currentText } from '../../i18n/text';
import { namedFiles } from '../../parts/named-files';
import { useDrop } from '../../state/drop';
import { currentRefusal, type NotTaken, useDropSetup } from '../../state/drop-setup';
import { tell } from '../../state/toasts';

interface GatingState {
  /** Names of what is being handed to the engine. */
  readonly handing: readonly string[];
  /** They stay here until a person takes them again or forgets them. */
  readonly notTaken: NotTaken | null;
}

export const useGating = create<GatingState>()(() => ({ handing: [], notTaken: null }));

function keep(paths: readonly string[], why: NotTaken['why']): void {
  useGating.setState(({ notTaken }) => ({ notTaken: { paths: [...(notTaken?.paths ?? []), ...paths], why } }));
}

/** Hands paths to the engine as one submission. What cannot be handed over now is kept with the reason. */
export async function gatePaths(paths: readonly string[]): Promise<void> {
  const refusal = currentRefusal();
  if (refusal !== null) return keep(paths, refusal);
  const { profile, setup } = useDropSetup.getState();
  const names = paths.map(nameOfPath);
  useGating.setState({ handing: names });
  try {
    await engine('gate', {
      paths: [...paths],
      profile: setup === null ? null : profile,
      probes: null,
      force: false,
      from: 'window',
    });
    const say = currentText();
    tell(say('drop.taken', { count: paths.length, names: namedFiles(say, names) }));
  } catch (error) {
    keep(paths, { kind: 'problem', text: messageOf(error) });
  } finally {
    useGating.setState({ handing: [] });
  }
}

/** Takes what was dropped, pasted or handed in from outside since the last time. */
export function takeGiven(): void {
  const { given } = useDrop.getState();
  if (given === null) return;
  useDrop.setState({ given: null });
  void gatePaths(given);
}

export function takeAgain(): void {
  const { notTaken } = useGating.getState();
  if (notTaken === null) return;
  useGating.setState({ notTaken: null });
  void gatePaths(notTaken.paths);
}

export function forgetNotTaken(): void {
  useGating.setState({ notTaken: null });
}
