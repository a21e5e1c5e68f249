import { engine, messageOf, onWindowEvent, shell, type WindowEvent } from '../bridge';
import { giveToDrop } from './drop';
import { useEngine } from './engine';
import { go, isView } from './navigation';
import { followSystemTheme, loadPreferences } from './preferences';
import { setPulse } from './pulse';
import { tellProblem } from './toasts';

function take(told: WindowEvent): void {
  switch (told.event) {
    case 'pulse':
      setPulse(told.data);
      return;
    case 'engine':
      useEngine.setState({ state: told.data });
      if (told.data.kind !== 'running') setPulse(null);
      return;
    case 'navigate':
      if (isView(told.data.view)) go(told.data.view);
      return;
    case 'paths':
      giveToDrop(told.data.paths);
      return;
  }
}

/** Joins the window to engine and shell: their events fill the stores from now on. Answers with the function that ends it. */
export function connect(): () => void {
  const problem = (error: unknown) => tellProblem(messageOf(error));
  const ends = [followSystemTheme()];
  const end = () => {
    for (const stop of ends) stop();
  };
  try {
    ends.push(onWindowEvent(take));
  } catch (error) {
    problem(error);
    return end;
  }
  loadPreferences().catch(problem);
  shell('engine-state', {})
    .then((state) => useEngine.setState({ state }))
    .catch(problem);
  return end;
}

/** Stops or takes up again the taking of new files. Throws CallError. */
export async function pauseAll(paused: boolean): Promise<void> {
  await engine('pause', { dir: null, paused });
}
