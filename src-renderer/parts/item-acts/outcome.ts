import { currentText, type TextKey } from '../../i18n/text';
import { type ActOutcome, shownName } from '../../state/many-items';
import { tell, tellProblem } from '../../state/toasts';

const MOST_NAMED = 5;

type DoneKey = Extract<TextKey, `acts.done.${string}`>;

/** What went wrong, by name: the first few, and how many more. */
export function failureText({ failed }: ActOutcome): string {
  const say = currentText();
  const lines = failed
    .slice(0, MOST_NAMED)
    .map(({ name, problem }) => (problem.startsWith(name) ? problem : `${name}: ${problem}`));
  const more = failed.length - lines.length;
  return [...lines, ...(more > 0 ? [say('acts.moreFailed', { count: more })] : [])].join(' · ');
}

/** Says how an act ended: what was done (one file by its name), and what was not, by name and cause. */
export async function tellOutcome(ids: readonly string[], outcome: ActOutcome, done: DoneKey): Promise<void> {
  const say = currentText();
  const [only] = ids;
  if (outcome.done > 0) {
    const name = ids.length === 1 && only !== undefined ? await shownName(only) : '';
    tell(say(done, { count: outcome.done, name }));
  }
  if (outcome.failed.length === 0) return;
  const failed = failureText(outcome);
  tellProblem(
    ids.length === 1 ? failed : say('acts.failed', { count: outcome.failed.length, all: ids.length, problems: failed }),
  );
}

/** As `tellOutcome`; but one single file that failed is thrown, for the dialog that asked to show it and stay open. */
export async function tellOrThrow(ids: readonly string[], outcome: ActOutcome, done: DoneKey): Promise<void> {
  if (ids.length === 1 && outcome.failed.length > 0) throw new Error(failureText(outcome));
  await tellOutcome(ids, outcome, done);
}
