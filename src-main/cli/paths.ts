import { resolve } from 'node:path';

/**
 * Absolute paths of what was named. Node hands arguments over as text: bytes that are no UTF-8 have become U+FFFD by
 * then, so such a file is reached by naming its folder, and is reported as missing under its own name.
 */
export function namedPaths(paths: readonly string[]): Buffer[] {
  return paths.map((path) => Buffer.from(resolve(path)));
}
