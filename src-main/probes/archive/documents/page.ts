import { createHash } from 'node:crypto';
import { isCarrier } from './carried-file';
import { dataAddresses } from './data-address';
import { pageText } from './page-text';
import { type DocumentParser, member } from './pieces';
import { decodeBase64 } from './transfer-coding';
import { uuencodedMembers } from './uuencoded';

/** Shortest run of base64 that is looked at outside addresses. */
const LEAST_CHARACTERS = 1024;
/** Enough of a run to see what it is. */
const START_CHARACTERS = 64 * 1024;
const [DATA, LINE_END, OTHER] = [0, 1, 2];
const KINDS = Uint8Array.from({ length: 256 }, (_none, byte) => {
  if (/[A-Za-z0-9+/]/.test(String.fromCharCode(byte))) return DATA;
  return byte === 10 || byte === 13 || byte === 9 ? LINE_END : OTHER;
});

/**
 * What a page carries: the content of every `data:` address, and programs and archives that stand as base64 in its
 * scripts: how pages smuggle files past gates; and uuencoded files. What is there several times is one member.
 */
export const pageMembers: DocumentParser = function* (bytes) {
  const seen = new Set<string>();
  const text = pageText(bytes, bytes);
  for (const content of contents(text, Buffer.from(text, 'latin1'))) {
    const hash = createHash('sha256').update(content).digest('base64');
    if (seen.has(hash)) continue;
    seen.add(hash);
    yield member(`data-${seen.size}`, content);
  }
  yield* uuencodedMembers(bytes);
};

function* contents(text: string, bytes: Buffer): Generator<Buffer> {
  yield* dataAddresses(text);
  for (const { start, end } of runs(bytes)) {
    if (!isCarrier(decodeBase64(bytes.subarray(start, Math.min(end, start + START_CHARACTERS))).bytes)) continue;
    yield decodeBase64(bytes.subarray(start, end)).bytes;
  }
}

/** Stretches of base64; line ends in them mean nothing. */
function* runs(bytes: Buffer): Generator<{ start: number; end: number }> {
  let start = 0;
  let length = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    const kind = KINDS[bytes[at] ?? 0];
    if (at < bytes.length && kind === DATA) length += 1;
    else if (at === bytes.length || kind === OTHER) {
      if (length >= LEAST_CHARACTERS) yield { start, end: at };
      start = at + 1;
      length = 0;
    }
  }
}
