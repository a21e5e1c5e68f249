export interface Origin {
  readonly kind: 'paths' | 'folder' | 'other';
  /** The first path, or the folder, escaped by the engine. */
  readonly place: string;
  /** How many more paths there were. */
  readonly more: number;
}

/** Where a submission came from, taken out of the engine's words for it (`command: /a and 3 more`, `watch: /in`). */
export function originOf(words: string): Origin {
  const [, kind, place = ''] = /^(command|watch): (.*)$/s.exec(words) ?? [];
  if (kind === 'watch') return { kind: 'folder', place, more: 0 };
  if (kind !== 'command') return { kind: 'other', place: words, more: 0 };
  const [, first, more] = /^(.*) and (\d+) more$/s.exec(place) ?? [];
  return { kind: 'paths', place: first ?? place, more: Number(more ?? 0) };
}
