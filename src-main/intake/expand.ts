import { nameOf } from '../base/display-name';
import { errnoOf, messageOf } from '../base/errors';
import { type BigIntStats, lstat, realpath } from '../base/files';
import { keptName } from '../base/kept-name';
import { joinBytes, kindOfStats, readFolder, specialName } from './read-folder';
import type { IgnoreMatcher } from './watch/ignore';

interface Place {
  /** Absolute, true bytes. */
  readonly path: Buffer;
  /** `/` between names, true bytes. */
  readonly relativePath: Buffer;
}

export type FoundEntry =
  | (Place & { readonly kind: 'file' })
  | (Place & { readonly kind: 'skipped'; readonly reason: 'symlink' | 'own' | 'configuration' })
  | (Place & {
      readonly kind: 'refused';
      readonly code: 'SOURCE_UNSUPPORTED' | 'SOURCE_UNREADABLE' | 'NOT_FOUND';
      /** A sentence for a person: which name (escaped), the cause, what to do. */
      readonly problem: string;
    });

export interface ExpandOptions {
  /** Files and folders met while walking that are left out silently; never applied to what was named. */
  readonly ignore?: IgnoreMatcher;
  /** Folders, by folderKey, that Dropgate itself writes into: met while walking they are `skipped`, never entered. */
  readonly own?: ReadonlySet<string>;
  /** Configuration files in use, by their real paths as latin1: met while walking they are `skipped`. */
  readonly configuration?: ReadonlySet<string>;
}

interface Named {
  readonly place: Place;
  /** Null when it could not be resolved. */
  readonly real: Buffer | null;
  readonly error: unknown;
}

/** Entries that are handed over at once. */
const MOST_TOGETHER = 256;

/** What tells one folder from every other, by whatever path it is reached. */
export function folderKey(stats: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${stats.dev}:${stats.ino}`;
}

const key = (path: Buffer): string => path.toString('latin1');
const shown = (path: Buffer): string => nameOf(path).display;

function refusal(place: Place, error: unknown): FoundEntry {
  const name = shown(place.path);
  const errno = errnoOf(error);
  if (errno === 'ENOENT' || errno === 'ENOTDIR') {
    const problem = `${name} does not exist: check the path and name it again`;
    return { kind: 'refused', code: 'NOT_FOUND', problem, ...place };
  }
  const problem =
    errno === 'EACCES' || errno === 'EPERM'
      ? `${name} cannot be read: permission denied; give this user read access and name it again`
      : errno === 'ENAMETOOLONG'
        ? `${name} cannot be read: its path is too long for the system; name a folder further down`
        : `${name} cannot be read: ${messageOf(error)}; name it again when the cause is gone`;
  return { kind: 'refused', code: 'SOURCE_UNREADABLE', problem, ...place };
}

function unsupported(place: Place, stats: BigIntStats): FoundEntry {
  const problem = `${shown(place.path)} is ${specialName(stats)}, not a regular file: copy what it delivers to a file and name that`;
  return { kind: 'refused', code: 'SOURCE_UNSUPPORTED', problem, ...place };
}

function absolute(path: string | Buffer): Buffer {
  const bytes = Buffer.from(path);
  const isAbsolute = bytes[0] === 0x2f || /^([a-z]:[\\/]|\\\\)/i.test(bytes.toString('latin1'));
  return isAbsolute ? bytes : joinBytes(Buffer.from(process.cwd()), bytes);
}

/** Last name of a path; empty for a root, and for `.` and `..`, whose name only their target tells. */
function lastName(path: Buffer): Buffer {
  let end = path.length;
  while (end > 0 && path[end - 1] === 0x2f) end -= 1;
  const name = path.subarray(path.lastIndexOf(0x2f, end - 1) + 1, end);
  return ['.', '..'].includes(name.toString('latin1')) ? Buffer.alloc(0) : name;
}

/** ` (2)`, ` (3)`... before the extension of a name that was used already. */
function uniqueName(name: Buffer, used: Set<string>): Buffer {
  let unique = name;
  for (let number = 2; used.has(key(unique)); number += 1) unique = keptName(name, '', String(number));
  used.add(key(unique));
  return unique;
}

/** Resolves what was named, each file or folder once; the order of naming stays. */
async function resolveNamed(paths: readonly (string | Buffer)[]): Promise<Named[]> {
  const named: Named[] = [];
  const seen = new Set<string>();
  const used = new Set<string>();
  for (const given of paths) {
    const path = absolute(given);
    let real: Buffer | null = null;
    let error: unknown = null;
    try {
      real = await realpath(path, { encoding: 'buffer' });
    } catch (failure) {
      error = failure;
    }
    if (seen.has(key(real ?? path))) continue;
    seen.add(key(real ?? path));
    const name = [lastName(path), lastName(real ?? path), Buffer.from('root')].find(({ length }) => length > 0);
    const relativePath = uniqueName(name ?? Buffer.from('root'), used);
    named.push({ place: { path: real ?? path, relativePath }, real, error });
  }
  return named;
}

/**
 * A walk below the named paths: yields what is no folder. A folder that was swapped for something else since it was
 * listed is not entered.
 */
class Walk {
  private readonly skip: ReadonlySet<string>;
  private readonly ignore: IgnoreMatcher | null;
  private readonly own: ReadonlySet<string>;
  private readonly configuration: ReadonlySet<string>;

  constructor(skip: ReadonlySet<string>, { ignore, own, configuration }: ExpandOptions) {
    this.skip = skip;
    this.ignore = ignore ?? null;
    this.own = own ?? new Set();
    this.configuration = configuration ?? new Set();
  }

  /** Depth first: the files of a folder, then its folders. Keeps only the folders still to be seen along one path. */
  async *folder(root: Place): AsyncGenerator<FoundEntry[]> {
    const waiting: Place[] = [root];
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      const below: Place[] = [];
      try {
        const stats = await lstat(place.path, { bigint: true });
        if (stats.isDirectory() && this.own.has(folderKey(stats))) yield [{ kind: 'skipped', reason: 'own', ...place }];
        else if (stats.isDirectory()) yield* this.level(place, below);
        else yield await this.entry(place, below);
      } catch (error) {
        yield [refusal(place, error)];
      }
      below.sort((one, other) => Buffer.compare(other.path, one.path));
      for (const folder of below) waiting.push(folder);
    }
  }

  private async *level(folder: Place, below: Place[]): AsyncGenerator<FoundEntry[]> {
    for await (const batch of readFolder(folder.path)) {
      let found: FoundEntry[] = [];
      for (const { name, kind } of batch) {
        const place = { path: joinBytes(folder.path, name), relativePath: joinBytes(folder.relativePath, name) };
        if (this.skip.has(key(place.path)) || this.ignore?.(place.relativePath) === true) continue;
        if (kind === 'file') found.push(this.file(place));
        else if (kind === 'folder') below.push(place);
        else found.push(...(await this.entry(place, below)));
        if (found.length < MOST_TOGETHER) continue;
        yield found;
        found = [];
      }
      yield found;
    }
  }

  private file(place: Place): FoundEntry {
    return this.configuration.has(key(place.path))
      ? { kind: 'skipped', reason: 'configuration', ...place }
      : { kind: 'file', ...place };
  }

  /** What the folder did not call a file or a folder: asked again by lstat. */
  async entry(place: Place, below: Place[]): Promise<FoundEntry[]> {
    try {
      const stats = await lstat(place.path, { bigint: true });
      const kind = kindOfStats(stats);
      if (kind === 'file') return [this.file(place)];
      if (kind === 'symlink') return [{ kind: 'skipped', reason: 'symlink', ...place }];
      if (kind !== 'folder') return [unsupported(place, stats)];
      below.push(place);
      return [];
    } catch (error) {
      return [refusal(place, error)];
    }
  }
}

/**
 * Every file that the named paths mean, as a stream of lists of at most 256: memory grows with the number of named
 * paths and of folders beside each other, never with the number of files. Never throws for what it finds: that becomes `refused`.
 *
 * - A named path is resolved, links followed; a link met while walking is `skipped`, as is a folder of Dropgate's own. FIFOs, sockets and devices are
 *   refused and never opened; an unreadable folder is refused and the walk goes on.
 * - `relativePath`: of a file named directly its name. Of a file in a folder that is the only path named, the path
 *   below that folder. Where several paths are named a folder's own name stands in front, and a name that was used
 *   before gets ` (2)`, so that no two files of one call share a relative path.
 * - Named twice (also as a link and its target, or on its own and inside a named folder) is found once, under the name
 *   that says most: its own.
 * - Order: as named; in a folder first what is no folder, by bytes within each 4,096 entries, then its folders by bytes.
 */
export async function* expand(
  paths: readonly (string | Buffer)[],
  options: ExpandOptions = {},
): AsyncGenerator<FoundEntry[]> {
  const named = await resolveNamed(paths);
  const reals = new Set(named.flatMap(({ real }) => (real === null ? [] : [key(real)])));
  const walk = new Walk(reals, options);
  for (const { place, error } of named) {
    if (error !== null) {
      yield [refusal(place, error)];
      continue;
    }
    const folders: Place[] = [];
    yield await walk.entry(place, folders);
    for (const folder of folders) {
      yield* walk.folder(named.length === 1 ? { ...folder, relativePath: Buffer.alloc(0) } : folder);
    }
  }
}
