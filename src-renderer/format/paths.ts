/** Bytes of paths, which cross the bridge as base64, and names that are safe to give to new files. */

const NAMED: Readonly<Record<string, string>> = { '\\': '\\', n: '\n', r: '\r', t: '\t' };

/** The text that the engine showed escaped: the inverse of its escaping, for names that are UTF-8. */
export function unescaped(display: string): string {
  return display.replace(
    /\\(?:([\\nrt])|x([0-9a-f]{2})|u\{([0-9a-f]{1,6})\})/g,
    (whole, named: string | undefined, byte: string | undefined, code: string | undefined) => {
      if (named !== undefined) return NAMED[named] ?? whole;
      return String.fromCodePoint(Number.parseInt(byte ?? code ?? '', 16));
    },
  );
}

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(''));
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** A path of the engine as the shell takes it: `bytes` where it is not UTF-8, else the text that was shown escaped. */
export function pathBytes(display: string, bytes: string | null): string {
  return bytes ?? toBase64(new TextEncoder().encode(unescaped(display)));
}

const MOST_NAME_BYTES = 200;

/**
 * A name for a new file: as shown, escapes and all, without what a file system or a dialog takes for something else
 * (separators, drive letters, Windows' reserved characters, dots and spaces at the ends), and not too long.
 */
export function safeFileName(display: string): string {
  const plain = display.replaceAll(/[/\\:*?"<>|]/g, '_').replace(/^[. ]+|[. ]+$/g, '_');
  return plain === '' ? '_' : shortened(plain, MOST_NAME_BYTES);
}

/** Cut before its ending, between characters. */
function shortened(name: string, most: number): string {
  const size = (text: string) => new TextEncoder().encode(text).length;
  if (size(name) <= most) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && size(name.slice(dot)) <= 24 ? name.slice(dot) : '';
  let start = '';
  for (const character of name) {
    if (size(start + character + ending) > most) break;
    start += character;
  }
  return `${start}${ending}`;
}

/** Gives each name once: `a.txt`, then `a (2).txt`, whatever case the file system keeps. */
export function distinctNames(): (name: string) => string {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  return (name) => {
    const dot = name.lastIndexOf('.');
    const [start, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
    let count = next.get(name.toLowerCase()) ?? 1;
    let free = name;
    for (; taken.has(free.toLowerCase()); free = `${start} (${count})${ending}`) count += 1;
    taken.add(free.toLowerCase());
    next.set(name.toLowerCase(), count);
    return free;
  };
}

/** A file in a chosen folder, all as base64 of bytes. */
export function pathInFolder(folder: string, name: string, platform: string): string {
  const separator = new TextEncoder().encode(platform === 'win32' ? '\\' : '/');
  const before = fromBase64(folder);
  const ended = before.at(-1) === separator[0];
  return toBase64(Uint8Array.from([...before, ...(ended ? [] : separator), ...new TextEncoder().encode(name)]));
}
