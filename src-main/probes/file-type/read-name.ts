import { decodeUtf8 } from '../../base/display-name';
import { asSeen } from './lookalikes';

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
  /** What the eye takes for the last ending: look-alike letters and dots read as what they look like. */
  readonly seenEnding: string;
  /** What the eye takes for the ending before it, whatever dots and blanks stand between the two, or ''. */
  readonly before: string;
  /** Blanks before the last ending's dot, other dots among them left out. */
  readonly blanks: number;
  readonly bidi: boolean;
  readonly override: boolean;
  /** Hidden characters that no honest spelling needs. */
  readonly hidden: boolean;
  /** Whether blanks or dots stand behind the last ending. */
  readonly trimmed: boolean;
  /** Endings of the parts of a name with colons, which Windows takes for a file and its stream; empty without. */
  readonly streamEndings: readonly string[];
  /** Whether Windows takes the name for a device, whatever its ending. */
  readonly device: boolean;
}

/** [Naming Files, Windows] reserved names; superscript digits count too. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])$/i;
/** The kind of a stream that says no more than the file itself: `a.exe::$DATA`. */
const STREAM_KIND = /:{1,2}\$[a-z_]{1,32}$/i;

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
  const name = trimEnd(seen.replace(STREAM_KIND, ''));
  const { rest } = splitEnding(name);
  const stem = trimEnd(rest);
  const before = splitEnding(trimEnd(asSeen(stem)));
  const parts = seen.includes(':') ? name.split(':') : [];
  return {
    ending: endingOf(name),
    seenEnding: endingOf(trimEnd(asSeen(name))),
    before: trimEnd(before.rest) === '' ? '' : trimBlanksStart(before.ending).toLowerCase(),
    blanks: rest.slice(stem.length).replaceAll('.', '').length,
    bidi: BIDI.test(raw),
    override: OVERRIDE.test(raw),
    hidden: seen.length < raw.replace(HONEST, '').length,
    trimmed: name.length < seen.replace(STREAM_KIND, '').length,
    streamEndings: parts.map((part) => endingOf(trimEnd(part))),
    device: DEVICE.test(trimEnd(seen.split('.')[0] ?? '')),
  };
}

function endingOf(name: string): string {
  return splitEnding(name).ending.trim().toLowerCase();
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
