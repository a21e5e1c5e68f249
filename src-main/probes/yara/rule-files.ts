import { createHash } from 'node:crypto';
import { basename, join, relative, sep } from 'node:path';
import { decodeUtf8, escapeHidden } from '../../base/display-name';
import { errnoOf, ProbeError } from '../../base/errors';
import { readdir, readFile, realpath, stat } from '../../base/files';
import type { RuleFile } from './rule-groups';

/** Where a rule file lies, and what would change with its content: enough to see an edit without reading. */
interface FoundFile {
  readonly path: string;
  readonly label: string;
  readonly builtIn: boolean;
  readonly mark: string;
  readonly modifiedMs: number;
}

/** The rule files as they lie on disk at one moment. Two with the same `mark` hold the same rules. */
export interface RuleListing {
  readonly files: readonly FoundFile[];
  readonly mark: string;
}

/** The rules themselves. `version`: 16 hex digits over all labels and texts. `date`: of the newest file, ISO 8601. */
export interface LoadedRules {
  readonly files: readonly RuleFile[];
  readonly version: string;
  readonly date: string;
}

const RULE_NAME = /\.yara?$/i;
/** Rule files are read whole; larger ones are no rules. The largest public sets have about 20 MB. */
const MOST_RULE_BYTES = 64 * 1024 ** 2;
/** Files are looked at in portions, so that a set of thousands does not open them all at once. */
const PORTION = 32;

/**
 * Lists the built-in folder and the user's files and folders, these with all folders below, sorted by label. Names that
 * begin with a dot are left out; a file that is named itself may have any name. Throws RULES_INVALID (with the path)
 * when a place is missing, cannot be read or is a folder without rule files (a share that is not mounted): fewer rules
 * than asked for are never run.
 */
export async function listRules(builtInRules: string, places: readonly string[]): Promise<RuleListing> {
  const found = [...(await listPlace(builtInRules, true))];
  for (const place of places) found.push(...(await listPlace(place, false)));
  const files = [...new Map(found.map((file) => [file.path, file])).values()];
  return { files, mark: files.map((file) => `${file.path}\0${file.mark}`).join('\n') };
}

async function listPlace(place: string, builtIn: boolean): Promise<FoundFile[]> {
  try {
    const paths = (await stat(place)).isDirectory() ? await walk(place, new Set()) : [place];
    if (paths.length === 0) {
      throw new ProbeError('RULES_INVALID', `${escapeHidden(place)} holds no rule file (*.yar, *.yara)`);
    }
    return await inPortions(paths.sort(), (path) => look(path, labelOf(place, path), builtIn));
  } catch (error) {
    if (error instanceof ProbeError) throw error;
    const reason =
      errnoOf(error) === 'ENOENT' ? 'does not exist' : `cannot be read (${errnoOf(error) ?? String(error)})`;
    throw new ProbeError('RULES_INVALID', `the rules in ${escapeHidden(place)}: this path or one below ${reason}`, {
      cause: error,
    });
  }
}

/** Rule files below a folder. `seen` holds true paths of folders, against links that lead in circles. */
async function walk(folder: string, seen: Set<string>): Promise<string[]> {
  const truePath = await realpath(folder);
  if (seen.has(truePath)) return [];
  seen.add(truePath);
  const paths: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    const isFolder = entry.isSymbolicLink() ? (await stat(path)).isDirectory() : entry.isDirectory();
    if (isFolder) paths.push(...(await walk(path, seen)));
    else if (RULE_NAME.test(entry.name)) paths.push(path);
  }
  return paths;
}

/** `rules/sub/x.yar`: the last part of the configured folder, and the way from there. */
function labelOf(place: string, path: string): string {
  const inside = path === place ? [] : [relative(place, path)];
  return [basename(place), ...inside].join('/').replaceAll(sep, '/');
}

async function look(path: string, label: string, builtIn: boolean): Promise<FoundFile> {
  const found = await stat(path, { bigint: true });
  if (!found.isFile()) throw new ProbeError('RULES_INVALID', `${escapeHidden(label)}: it is not a regular file`);
  if (found.size > MOST_RULE_BYTES) throw new ProbeError('RULES_INVALID', `${escapeHidden(label)}: it is too large`);
  const mark = [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(':');
  return { path, label, builtIn, mark, modifiedMs: Number(found.mtimeMs) };
}

/** Reads every listed file. Throws RULES_INVALID when one cannot be read, is empty or is not UTF-8. */
export async function readRules(listing: RuleListing): Promise<LoadedRules> {
  const files = await inPortions(listing.files, readOne);
  const hash = createHash('sha256');
  for (const { label, text } of files) hash.update(`${label}\0${Buffer.byteLength(text)}\0`).update(text);
  const newest = listing.files.reduce((latest, file) => Math.max(latest, file.modifiedMs), 0);
  return { files, version: hash.digest('hex').slice(0, 16), date: new Date(newest).toISOString() };
}

async function readOne({ path, label, builtIn }: FoundFile): Promise<RuleFile> {
  const shown = escapeHidden(label);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new ProbeError('RULES_INVALID', `${shown}: it cannot be read (${errnoOf(error) ?? String(error)})`, {
      cause: error,
    });
  });
  const text = decodeUtf8(bytes);
  if (text === null) throw new ProbeError('RULES_INVALID', `${shown}: it is not UTF-8 text`);
  if (text.trim() === '') throw new ProbeError('RULES_INVALID', `${shown}: it is empty`);
  return { label: shown, text: text.replace(/^\ufeff/, ''), builtIn };
}

async function inPortions<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < all.length; from += PORTION) {
    results.push(...(await Promise.all(all.slice(from, from + PORTION).map(work))));
  }
  return results;
}
