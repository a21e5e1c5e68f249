import { createHash } from 'node:crypto';
import { writeFileAtomic } from '../base/atomic-file';
import { errnoOf, messageOf } from '../base/errors';
import { lstatSync, realpathSync, statSync } from '../base/files';
import { Limiter } from '../base/limiter';
import type { SettingsChange } from '../contract/window-calls';
import { storageError } from '../sinks/storage-error';
import { edited, NEW_CONFIGURATION } from './settings-edit';
import { type FileContent, MOST_BYTES, readSettingsFile } from './settings-file';
import { type LoadOptions, locateSettings, type SettingsPlace } from './settings-locate';
import type { SettingsProblem } from './settings-problems';
import { resolveSettings, type TracedProblem } from './settings-resolve';

/** A new configuration may hold passwords of archives: for its owner alone. */
const NEW_MODE = 0o600;

export interface WriteRequest {
  readonly changes: readonly SettingsChange[];
  readonly checkOnly: boolean;
  /** What `versionOf` told whoever made these changes. */
  readonly version?: string | undefined;
}

export type WriteOutcome =
  | { readonly kind: 'problems'; readonly problems: readonly SettingsProblem[] }
  /** Nothing to write: only checked, or the file says all of it already. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'written'; readonly file: string };

const problem = (text: string): WriteOutcome => ({ kind: 'problems', problems: [{ path: [], text }] });

/** Where the configuration truly lies: links followed; the path itself where nothing is. */
export function truePlace(file: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return file;
    throw storageError(error, file);
  }
}

/** Names a configuration as it was read: its true place and its very content. */
export function versionOf(file: string, content: FileContent): string {
  const said = content.kind === 'data' ? content.text : content.kind === 'absent' ? '' : content.problems.join('\n');
  return createHash('sha256')
    .update(`${truePlace(file)}\0${content.kind}\0${said}`)
    .digest('hex');
}

const oneAtATime = new Limiter(1);

/**
 * Changes the configuration: checked as a whole as loading does it, then written whole or not at all, and never over
 * what somebody else wrote meanwhile. What is wrong comes as problems, and then nothing was written.
 */
export function writeSettings(options: LoadOptions, request: WriteRequest): Promise<WriteOutcome> {
  return oneAtATime.run(async () => {
    const place = locateSettings(options);
    const version = versionOf(place.file, place.content);
    if (request.version !== undefined && request.version !== version) return problem(changedMeanwhile(place.file));
    const made = configurationAfter(place, options, request.changes);
    if ('problems' in made) return { kind: 'problems', problems: made.problems };
    const given = place.content.kind === 'data' ? place.content.text : null;
    if (request.checkOnly || made.text === given) return { kind: 'unchanged' };
    if (Buffer.byteLength(made.text) > MOST_BYTES)
      return problem(`${place.file} would be larger than ${MOST_BYTES} bytes`);
    return store(place, made.text, version, request.version !== undefined);
  });
}

const changedMeanwhile = (file: string) =>
  `${file} was changed by another program since it was shown; look at it as it is now, then change it again`;

type Made = { readonly text: string } | { readonly problems: readonly SettingsProblem[] };

function configurationAfter(place: SettingsPlace, options: LoadOptions, changes: readonly SettingsChange[]): Made {
  const { file, named, content } = place;
  if (content.kind === 'problems') {
    return { problems: content.problems.map((text) => ({ path: [], text: `${file}: ${text}` })) };
  }
  if (content.kind === 'absent' && named) {
    return {
      problems: [{ path: [], text: `${file}: there is no such file any more; put it back, or start anew without it` }],
    };
  }
  const given = content.kind === 'data' ? content : NEW_CONFIGURATION;
  const made = edited(given, changes);
  if (!('data' in made)) return { problems: [made] };
  const resolution = resolveSettings(made.data, file, options);
  return resolution.kind === 'problems' ? { problems: resolution.problems.map(said) } : { text: made.text };
}

/** A problem that a variable brought in says so: no change of the file mends it. */
function said({ variable, path, text }: TracedProblem): SettingsProblem {
  return { path, text: variable === null ? text : `${variable}: ${text}` };
}

/** `asShown`: whoever changes the file was told its true place. */
async function store(place: SettingsPlace, text: string, version: string, asShown: boolean): Promise<WriteOutcome> {
  const { file, content } = place;
  const target = truePlace(file);
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    if (content.kind === 'absent') return problem(`${file} is a link to nothing; remove it, or make what it names`);
    if (!asShown) return problem(`${file} is a link to ${target}; change that file, or look at the settings first`);
  }
  try {
    const isNew = content.kind === 'absent';
    const mode = isNew ? NEW_MODE : statSync(target).mode & 0o777;
    let isSame = true;
    await writeFileAtomic(
      target,
      async (handle) => {
        await handle.writeFile(text);
        isSame = versionOf(file, readSettingsFile(file)) === version;
        if (!isSame) throw new Error('changed meanwhile');
      },
      { mode, exclusive: isNew },
    ).catch((error: unknown) => {
      if (isSame && errnoOf(error) !== 'EEXIST') throw error;
      isSame = false;
    });
    return isSame ? { kind: 'written', file: target } : problem(changedMeanwhile(file));
  } catch (error) {
    return problem(messageOf(storageError(error, target)));
  }
}
