const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A beginning shorter than this says nothing. */
const LEAST_START = 4;

/**
 * A name in two pieces of which only the first may be cut: the second keeps the ending, which says the most ("…2024.pdf.exe").
 * Cut between whole characters.
 */
export function splitForMiddle(name: string, ending = 12): readonly [start: string, end: string] {
  if (name.length <= ending + LEAST_START) return [name, ''];
  const characters = [...graphemes.segment(name)];
  if (characters.length <= ending + LEAST_START) return [name, ''];
  const at = characters[characters.length - ending]?.index ?? name.length;
  return [name.slice(0, at), name.slice(at)];
}
