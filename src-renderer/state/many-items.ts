import { CallError, messageOf } from '../bridge';
import { currentText } from '../i18n/text';
import { useEngine } from './engine';
import { nameOfItem } from './item-page';
import { tellGone } from './leaving';
import { tellProgress } from './toasts';

/** How an act on several kept files ended: how many it did, and for each other why, the first of them by name. */
export interface ActOutcome {
  readonly done: number;
  readonly failed: readonly { readonly name: string; readonly problem: string }[];
}

/** At a time: the engine writes what several did at once as one. */
const LANES = 8;
/** So many failures are told by name; a name is another question to the engine. */
const MOST_NAMED = 5;
const TELL_EVERY_MS = 1_000;
/** The news that an engine is gone may come after the error. */
const AGAIN_MS = [250, 1000, 4000] as const;

/** Does `act` with each id, a few at a time. Rejects as soon as one does. */
export async function inLanes(ids: readonly string[], act: (id: string) => Promise<void>): Promise<void> {
  const left = ids[Symbol.iterator]();
  const lane = async () => {
    for (const id of left) await act(id);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** The name of an item for a message about what was done with it; its number where the name cannot be read. */
export async function shownName(id: string): Promise<string> {
  try {
    return await nameOfItem(id);
  } catch (error) {
    // the message is about something else; that the name cannot be read must not hide it
    if (error instanceof CallError) return `#${id}`;
    throw error;
  }
}

/** Names the first of those that failed. */
export async function outcomeOf(
  done: number,
  failed: readonly { readonly id: string; readonly problem: string }[],
): Promise<ActOutcome> {
  const { told } = currentText();
  const named = failed
    .slice(0, MOST_NAMED)
    .map(async ({ id, problem }) => ({ name: await shownName(id), problem: told(problem) }));
  const rest = failed.slice(MOST_NAMED).map(({ id, problem }) => ({ name: `#${id}`, problem: told(problem) }));
  return { done, failed: [...(await Promise.all(named)), ...rest] };
}

/** Resolves when an engine works, or none is to come. */
function engineSettled(): Promise<void> {
  return new Promise((resolve) => {
    const look = ({ state }: { readonly state: { readonly kind: string } }) => {
      if (state.kind !== 'running' && state.kind !== 'failed') return;
      end();
      resolve();
    };
    const end = useEngine.subscribe(look);
    look(useEngine.getState());
  });
}

/** An engine that ends in the middle is started again: what it owed is asked of the next. */
async function withNextEngine(act: () => Promise<unknown>): Promise<void> {
  for (const pause of AGAIN_MS) {
    try {
      await act();
      return;
    } catch (error) {
      const isOver = useEngine.getState().state.kind === 'failed';
      if (isOver || !(error instanceof CallError) || error.code !== 'ENGINE_GONE') throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
      await engineSettled();
    }
  }
  await act();
}

/**
 * What fails is told, and the others go on. Says how far it is while it lasts. `leaves`: what is
 * done is no longer a matter of the list it was chosen in.
 */
export async function forEachItem(
  ids: readonly string[],
  act: (id: string) => Promise<unknown>,
  { leaves = false }: { readonly leaves?: boolean } = {},
): Promise<ActOutcome> {
  const failed: { id: string; problem: string }[] = [];
  const gone: string[] = [];
  const counted = { ended: 0, told: Date.now() };
  const progress = tellProgress();
  await inLanes(ids, async (id) => {
    try {
      await withNextEngine(() => act(id));
      if (leaves) gone.push(id);
    } catch (error) {
      failed.push({ id, problem: messageOf(error) });
    }
    counted.ended += 1;
    if (Date.now() - counted.told < TELL_EVERY_MS) return;
    counted.told = Date.now();
    tellGone(gone.splice(0));
    progress.say(currentText()('acts.progress', { done: counted.ended, count: ids.length }));
  });
  progress.end();
  tellGone(gone);
  return outcomeOf(ids.length - failed.length, failed);
}
