import type { Name } from '../contract/item';

/** Controls, what reorders, what separates lines, what nobody sees (but not the selectors that stand in an emoji), lone surrogates. */
const HIDDEN =
  /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}\ufff9-\ufffb]|(?![\ufe00-\ufe0f])\p{Default_Ignorable_Code_Point}/gu;

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
  let stretch = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0);
    const character = decodeUtf8(bytes.subarray(at, at + length));
    if (character === null) {
      shown += `${escapeHidden(stretch)}\\x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}`;
      stretch = '';
    } else {
      stretch += character;
    }
    at += character === null ? 1 : length;
  }
  return { display: shown + escapeHidden(stretch), bytes: Buffer.from(bytes).toString('base64') };
}

/** Bytes of the UTF-8 sequence that begins with `lead` (RFC 3629 section 4); 1 for what begins none. */
function sequenceLength(lead: number): number {
  return lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
}
