import { isolated } from '../format/visible-name';
import type { Say } from '../i18n/text';

const NAMED = 3;

/** The first names of a list for a sentence, and how many more there are. */
export function namedFiles(say: Say, names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map(isolated).join(', ');
  const more = names.length - NAMED;
  return more > 0 ? say('parts.andMore', { names: shown, count: more }) : shown;
}
