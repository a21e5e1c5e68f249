import { messageOf } from '../bridge';
import { tellProblem } from './toasts';

/** Does what a person asked for; what goes wrong is said in a toast, with `named` (a file, a folder) before it. */
export function act(doing: () => Promise<unknown>, named?: string): void {
  doing().catch((error: unknown) =>
    tellProblem(named === undefined ? messageOf(error) : `${named}: ${messageOf(error)}`),
  );
}
