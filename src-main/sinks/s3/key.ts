import { decodeUtf8 } from '../../base/display-name';
import { SinkError } from '../../base/errors';
import { namesOfRelativePath, submissionFolder } from '../relative-path';

/** Longest key of S3, in bytes of UTF-8. */
const LONGEST_KEY = 1024;

/** Bytes of the valid UTF-8 character at the start of `bytes`, 0 when it begins with a stray byte. */
function characterLength(bytes: Buffer): number {
  for (let length = 1; length <= 4 && length <= bytes.length; length += 1) {
    if (decodeUtf8(bytes.subarray(0, length)) !== null) return length;
  }
  return 0;
}

/** Bytes as a text: UTF-8 as it is; else stray bytes as `%FF` and each `%` as `%25`, so that no two such names meet. */
export function keyText(bytes: Uint8Array): string {
  const whole = decodeUtf8(bytes);
  if (whole !== null) return whole;
  let text = '';
  for (let rest = Buffer.from(bytes); rest.length > 0; ) {
    const length = characterLength(rest);
    const character = rest.subarray(0, Math.max(1, length));
    const escaped = length === 0 || character[0] === 0x25;
    text += escaped ? `%${character.toString('hex').toUpperCase()}` : character.toString('utf8');
    rest = rest.subarray(character.length);
  }
  return text;
}

/** `<prefix><submission>/<relative path>`. Throws SINK_REFUSED for a path that is none, or too long for S3. */
export function objectKey(prefix: string, submission: string, relativePath: Uint8Array): string {
  const names = namesOfRelativePath(relativePath).map(keyText);
  const key = `${prefix}${submissionFolder(submission)}/${names.join('/')}`;
  const length = Buffer.byteLength(key);
  if (length <= LONGEST_KEY) return key;
  throw new SinkError('SINK_REFUSED', `the key would have ${length} bytes, S3 takes ${LONGEST_KEY}`);
}
