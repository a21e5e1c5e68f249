import { decodeUtf8 } from '../../base/display-name';

/** Bidi controls that reorder what follows: embeddings, overrides, isolates. Marks (LRM, RLM, ALM) are honest in names. */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/;
const OVERRIDE = /[\u202d\u202e]/;
/** Controls, zero-width characters, separators, BOM, fillers, variation selectors and tags: nothing is seen of them. */
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\u034f|\p{Variation_Selector}|[\u{e0000}-\u{e007f}]/gu;
/** Joiners and selectors of many scripts and emojis are spelling, and so is a mark of direction: no sign of hiding. */
const HONEST = /[\u00ad\u061c\u200c-\u200f]|\u034f|\p{Variation_Selector}/gu;
const BLANK = /[\s\u00a0\u2000-\u200a\u202f\u205f\u2800\u3000]/;

/** A file name taken apart. Endings are lower case, without their dot, as a program loader sees them. */
export interface ReadName {
  /** The last ending, or '' when there is none. */
  readonly ending: string;
  /** The ending before it, whatever dots and blanks stand between the two, or ''. */
  readonly before: string;
  /** Blanks before the last ending's dot, other dots among them left out. */
  readonly blanks: number;
  readonly bidi: boolean;
  readonly override: boolean;
  /** Hidden characters that no honest spelling needs. */
  readonly hidden: boolean;
}

/** Reads a name of any bytes; one that is not UTF-8 is taken byte by byte, since its endings are ASCII all the same. */
export function readName(bytes: Uint8Array): ReadName {
  const text = decodeUtf8(bytes);
  const raw =
    text ??
    Buffer.from(bytes)
      .toString('latin1')
      .replace(/[\u0080-\u00ff]/g, '_');
  const seen = raw.replace(HIDDEN, '');
  // Windows drops blanks and dots at the end of a name
  const { rest, ending } = splitEnding(trimEnd(seen));
  const stem = trimEnd(rest);
  const before = splitEnding(stem);
  return {
    ending: ending.trim().toLowerCase(),
    before: trimEnd(before.rest) === '' ? '' : trimBlanksStart(before.ending).toLowerCase(),
    blanks: rest.slice(stem.length).replaceAll('.', '').length,
    bidi: BIDI.test(raw),
    override: OVERRIDE.test(raw),
    hidden: seen.length < raw.replace(HONEST, '').length,
  };
}

/** What stands before and behind the last dot. */
function splitEnding(name: string): { readonly rest: string; readonly ending: string } {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? { rest: '', ending: '' } : { rest: name.slice(0, dot), ending: name.slice(dot + 1) };
}

/** Without blanks and dots at the end. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '.' || BLANK.test(text[end - 1] ?? ''))) end -= 1;
  return text.slice(0, end);
}

function trimBlanksStart(text: string): string {
  let start = 0;
  while (start < text.length && BLANK.test(text[start] ?? '')) start += 1;
  return text.slice(start);
}
