import picomatch from 'picomatch';

/** Names of half-made files and of what desktops leave behind: never taken from a watched folder. */
export const DEFAULT_IGNORE = [
  '*.part',
  '*.partial',
  '*.filepart',
  '*.crdownload',
  '*.download',
  '*.opdownload',
  '*.!ut',
  '*.tmp',
  '*.temp',
  '*.swp',
  '~$*',
  '.~lock.*',
  '.~tmp~',
  '.nfs*',
  '.fuse_hidden*',
  '.goutputstream-*',
  '.syncthing.*.tmp',
  '.dropgate-*',
  '.DS_Store',
  '._.DS_Store',
  'Thumbs.db',
  'desktop.ini',
] as const;

export type IgnoreMatcher = (relativePath: Uint8Array) => boolean;

/**
 * Matcher of picomatch patterns over paths relative to the named or watched folder (`/` between names). A pattern
 * without `/` is held against the last name, one with `/` against the whole path; case does not matter; `*` takes
 * leading dots and newlines too; a leading `!` means nothing special. Bytes that are no UTF-8 are seen as U+FFFD.
 * Throws when a pattern is no pattern (not a string, or longer than 65,536 characters).
 */
export function ignoreMatcher(patterns: readonly string[]): IgnoreMatcher {
  const options = { dot: true, nonegate: true, flags: 'is' };
  const compile = (some: readonly string[]) => (some.length === 0 ? () => false : picomatch([...some], options));
  const onName = compile(patterns.filter((pattern) => !pattern.includes('/')));
  const onPath = compile(
    patterns.filter((pattern) => pattern.includes('/')).map((pattern) => pattern.replace(/^\//, '')),
  );
  return (relativePath) => {
    const text = Buffer.from(relativePath.buffer, relativePath.byteOffset, relativePath.length).toString('utf8');
    return onName(text.slice(text.lastIndexOf('/') + 1)) || onPath(text);
  };
}
