import { createHash } from 'node:crypto';

/** Longest file name in bytes on the file systems that we know. */
const LONGEST_NAME = 255;
const DOT = 0x2e;

/** At most `length` bytes of `name`, never ending in the middle of a UTF-8 character. */
function cut(name: Buffer, length: number): Buffer {
  let end = Math.max(0, Math.min(length, name.length));
  while (end > 0 && end < name.length && ((name[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return name.subarray(0, end);
}

/**
 * A file name made of `name`, ` (number)` before its extension where one is given, and `suffix`. One that would be
 * longer than a file system takes is cut and carries a hash of the whole name, so that two long names never meet.
 */
export function keptName(name: Uint8Array, suffix: string, number: string | null = null): Buffer {
  const bytes = Buffer.from(name);
  const dot = bytes.lastIndexOf(DOT);
  const split = number === null || dot <= 0 ? bytes.length : dot;
  const tail = Buffer.concat([
    Buffer.from(number === null ? '' : ` (${number})`),
    bytes.subarray(split),
    Buffer.from(suffix),
  ]);
  const whole = Buffer.concat([bytes.subarray(0, split), tail]);
  if (whole.length <= LONGEST_NAME) return whole;
  const hash = Buffer.from(`~${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`);
  const end = Buffer.concat([hash, Buffer.from(number === null ? '' : ` (${number})`), Buffer.from(suffix)]);
  return Buffer.concat([cut(bytes, LONGEST_NAME - end.length), end]);
}
