/** Characters that cannot be seen or that turn text around: controls, format characters, line ends. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A name that did not come through the engine, with hidden characters visible. */
export function visibleName(name: string): string {
  return name.replaceAll(HIDDEN, escaped);
}

/** The last part of a path in base64, visible; bytes that are no UTF-8 are shown as replacement characters. */
export function nameOfPath(path: string): string {
  const bytes = Uint8Array.from(atob(path), (character) => character.charCodeAt(0));
  const text = new TextDecoder().decode(bytes);
  const parts = text.split(/[/\\]/).filter((part) => part !== '');
  return visibleName(parts.at(-1) ?? text);
}

/** A name that stands in a sentence: whatever its direction, the words around it keep theirs. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
