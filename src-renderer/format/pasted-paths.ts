import { toBase64 } from './paths';

const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/;
const FILE_ADDRESS = /^file:\/\/(?:localhost)?(?=\/)/i;

/** The bytes that a `file:` address means; those need not be UTF-8. */
function bytesOfAddress(path: string): Uint8Array {
  const local = path.replace(/^\/(?=[A-Za-z]:\/)/, '');
  const parts = local.split(/(%[0-9A-Fa-f]{2})/).filter((part) => part !== '');
  return Uint8Array.from(
    parts.flatMap((part) =>
      /^%[0-9A-Fa-f]{2}$/.test(part) ? [Number.parseInt(part.slice(1), 16)] : [...new TextEncoder().encode(part)],
    ),
  );
}

/**
 * Paths of pasted text, base64 of their bytes: one absolute path or `file:` address a line. Empty when any line is
 * something else, so that a pasted text is never half taken.
 */
export function pastedPaths(text: string): string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && line.trim() !== 'copy');
  const paths = lines.map((line) => {
    const address = line.trim();
    if (FILE_ADDRESS.test(address)) return toBase64(bytesOfAddress(address.replace(FILE_ADDRESS, '')));
    const path = /^"(.*)"$/.exec(address)?.[1] ?? line;
    return ABSOLUTE.test(path) ? toBase64(new TextEncoder().encode(path)) : null;
  });
  const known = paths.filter((path) => path !== null);
  return known.length === paths.length ? known : [];
}
