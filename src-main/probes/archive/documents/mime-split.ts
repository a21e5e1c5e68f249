/** What lies between the delimiters of a multipart body. */
export interface SplitBody {
  readonly parts: readonly { readonly start: number; readonly end: number }[];
  /** What comes before the first delimiter, and behind the last one. */
  readonly around: readonly Buffer[];
  /** What other readers may see differently, in words that fit after "because". */
  readonly faults: readonly string[];
}

/** Most delimiters that are looked at. */
const MOST_PARTS = 20_000;

/** Splits `bytes` from `start` at the lines of `boundary` (RFC 2046 5.1.1). Parts behind the last line are parts too. */
export function splitBody(bytes: Buffer, start: number, end: number, boundary: string): SplitBody {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const parts: { start: number; end: number }[] = [];
  const faults: string[] = [];
  let open: number | null = null;
  let closed = false;
  let firstAt = end;
  let lastEnd = end;
  for (let at = bytes.indexOf(delimiter, start); at >= 0 && at < end; at = bytes.indexOf(delimiter, at + 1)) {
    const line = delimiterLine(bytes, at, at + delimiter.length, start, end);
    if (line === null) continue;
    if (parts.length >= MOST_PARTS) {
      faults.push('it has too many parts');
      break;
    }
    if (open !== null) parts.push({ start: open, end: lineBefore(bytes, at, open) });
    if (line.isBare)
      faults.push('the line of a boundary ends with a lone carriage return, which readers take differently');
    if (closed && !line.closes) faults.push('parts follow behind the last one');
    firstAt = Math.min(firstAt, at);
    if (line.closes) lastEnd = line.next;
    closed ||= line.closes;
    open = line.closes ? null : line.next;
  }
  if (open !== null) parts.push({ start: open, end });
  if (parts.length === 0) faults.push('it has no parts');
  else if (!closed) faults.push('the end of its last part is missing');
  return {
    parts,
    around: parts.length === 0 ? [] : [bytes.subarray(start, firstAt), bytes.subarray(lastEnd, end)],
    faults,
  };
}

/** A delimiter stands at the start of a line and has nothing behind it but two hyphens and blanks. Null: it is none. */
function delimiterLine(bytes: Buffer, at: number, after: number, start: number, end: number) {
  const before = bytes[at - 1];
  if (at !== start && before !== 10 && before !== 13) return null;
  const rest = /^(--)?[ \t]*(\r\n|\n|\r|$)/.exec(bytes.toString('latin1', after, Math.min(end, after + 200)));
  return rest === null
    ? null
    : { closes: rest[1] !== undefined, next: after + rest[0].length, isBare: before === 13 || rest[2] === '\r' };
}

/** The line end before a delimiter belongs to it. */
function lineBefore(bytes: Buffer, at: number, least: number): number {
  let end = at;
  if (end > least && bytes[end - 1] === 10) end -= 1;
  if (end > least && bytes[end - 1] === 13) end -= 1;
  return end;
}

/** The first line that looks like a delimiter, without its hyphens: for a body whose own boundary does not fit. */
export function guessBoundary(bytes: Buffer, start: number, end: number): string | null {
  const text = bytes.toString('latin1', start, Math.min(end, start + 64 * 1024));
  return /^--([^\s].*?)[ \t]*(?:\r\n|\n|\r)[!-9;-~]+:/m.exec(text)?.[1] ?? null;
}
