import { isolated, visibleName } from '../../format/visible-name';
import type { Say } from '../../i18n/text';
import type { NotTaken } from '../../state/drop-setup';

/** Why files are not taken, and what to do. */
export function refusalWords(say: Say, why: NotTaken['why']): string {
  if (why.kind === 'problem') return why.text;
  if (why.kind === 'destination')
    return say('drop.refuse.destination', { profile: isolated(visibleName(why.profile)) });
  return say(`drop.refuse.${why.kind}`);
}
