import type { Name } from '../contract/item';

/** C0, DEL and C1 controls, bidi controls and overrides, zero-width characters, line separators, BOM, lone surrogates. */
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** `text` with every character that hides or reorders others shown as `\n`, `\x1b` or `\u{202e}`, and `\` as `\\`. */
export function escapeHidden(text: string): string {
  return text.replaceAll('\\', '\\\\').replace(HIDDEN, (character) => {
    const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    if (named !== undefined) return named;
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of `bytes` when they are valid UTF-8, else null. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null; // not UTF-8: the caller keeps the bytes
  }
}

/** How a name of any bytes is shown and stored: bytes that are no UTF-8 appear as `\xff` and are kept in base64. */
export function nameOf(bytes: Uint8Array): Name {
  const text = decodeUtf8(bytes);
  if (text !== null) return { display: escapeHidden(text), bytes: null };
  // lossless: each stray byte becomes \xNN, each valid stretch stays readable
  let shown = '';
  let rest = Buffer.from(bytes);
  while (rest.length > 0) {
    let valid = rest.length;
    while (valid > 0 && decodeUtf8(rest.subarray(0, valid)) === null) valid -= 1;
    shown += escapeHidden(rest.subarray(0, valid).toString('utf8'));
    if (valid < rest.length) shown += `\\x${(rest[valid] ?? 0).toString(16).padStart(2, '0')}`;
    rest = rest.subarray(valid + 1);
  }
  return { display: shown, bytes: Buffer.from(bytes).toString('base64') };
}
