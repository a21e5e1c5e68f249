/**
 * Part of a page, one character for each byte; of a page in UTF-16 for each unit, without those that are no Latin letters.
 * `head`: the start of the page, whose byte order mark tells (WHATWG Encoding 6). `part` begins at an even place of it.
 */
export function pageText(part: Buffer, head: Buffer): string {
  const mark = head.toString('latin1', 0, 2);
  if (mark !== '\xff\xfe' && mark !== '\xfe\xff') return part.toString('latin1');
  const whole = Buffer.from(part.subarray(0, part.length & ~1));
  const text = (mark === '\xff\xfe' ? whole : whole.swap16()).toString('utf16le');
  return text.replace(/^\ufeff/, '').replace(/[^\0-\xff]/g, '?');
}
