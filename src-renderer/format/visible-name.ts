import { fromBase64 } from './paths';

/** Characters that cannot be seen or that turn text around: controls, format characters, line ends. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const WINDOWS_PATH = /^(?:[A-Za-z]:[\\/]|\\\\)/;
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  return NAMED[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** A name that did not come through the engine, with hidden characters visible. */
export function visibleName(name: string): string {
  return name.replaceAll(HIDDEN, escaped);
}

/** The last part of a path in base64, visible; bytes that are no UTF-8 are shown as replacement characters. */
export function nameOfPath(path: string): string {
  const text = new TextDecoder().decode(fromBase64(path));
  const parts = text.split(WINDOWS_PATH.test(text) ? /[/\\]/ : '/').filter((part) => part !== '');
  return visibleName(parts.at(-1) ?? text);
}

/** A name that stands in a sentence: whatever its direction, the words around it keep theirs. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
