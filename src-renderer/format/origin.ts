import type { Say } from '../i18n/text';

export interface Origin {
  /** Who brought the files: a person in this window, a command, a watched folder. */
  readonly kind: 'window' | 'command' | 'watch' | 'other';
  /** The first path, or the folder, escaped by the engine. */
  readonly place: string;
  /** How many more paths there were. */
  readonly more: number;
}

const KINDS = ['window', 'command', 'watch'] as const;

/** Where a submission came from, taken out of the engine's words for it (`window: /a and 3 more`, `watch: /in`). */
export function originOf(words: string): Origin {
  const [, named, place = ''] = /^(\w+): (.*)$/s.exec(words) ?? [];
  const kind = KINDS.find((each) => each === named);
  if (kind === undefined) return { kind: 'other', place: words, more: 0 };
  const [, first, more] = (kind === 'watch' ? null : /^(.*) and (\d+) more$/s.exec(place)) ?? [];
  return { kind, place: first ?? place, more: Number(more ?? 0) };
}

/** The same in the window's language: `By hand: /a and 3 more`. */
export function originWords(say: Say, words: string): string {
  const { kind, place, more } = originOf(words);
  const named = more === 0 ? place : say('parts.andMore', { names: place, count: more });
  return kind === 'other' ? named : say(`origin.${kind}`, { place: named });
}
