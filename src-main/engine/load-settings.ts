import { DropgateError } from '../base/errors';
import { type LoadOptions, locateSettings } from './settings-locate';
import type { ResolvedSettings } from './settings-paths';
import { dotted } from './settings-problems';
import { resolveSettings, type TracedProblem } from './settings-resolve';

export interface LoadedSettings {
  readonly settings: ResolvedSettings;
  /** Absolute path of the file that was read; null when there is none. */
  readonly file: string | null;
  /** Whether anything says how to reach ClamAV: then `required: auto` includes it. */
  readonly clamavConfigured: boolean;
  /** How these settings were found, to look for them again. */
  readonly options: LoadOptions;
}

/**
 * The configuration: the named file, else `./dropgate.yaml`, else `<data folder>/dropgate.yaml`, else nothing; with
 * `DROPGATE_*` variables over it (see applyEnvironment), defaults filled in and every path absolute (`~` is the user's
 * own folder). There is always a profile `default`; a profile without destination has the folder `cleared` of the data
 * folder.
 *
 * Throws BAD_CONFIG whose message has one line for every mistake: `<file or variable>: <key.path>: <what is wrong>;
 * <what to write instead>`.
 */
export function loadSettings(options: LoadOptions): LoadedSettings {
  const { file, named, content } = locateSettings(options);
  if (content.kind === 'problems') throw badConfig(content.problems.map((problem) => `${file}: ${problem}`));
  if (content.kind === 'absent' && named) throw badConfig([`${file}: there is no such file; name one that exists`]);
  const read = content.kind === 'absent' ? null : file;
  const resolution = resolveSettings(content.kind === 'absent' ? {} : content.data, read, options);
  if (resolution.kind === 'problems') {
    throw badConfig(resolution.problems.map((problem) => line(read ?? 'configuration', problem)));
  }
  const { settings } = resolution;
  return { settings, file: read, clamavConfigured: settings.probes.clamav !== undefined, options };
}

/** A problem under the variable that set the key, else under the file. */
const line = (label: string, { variable, path, text }: TracedProblem) =>
  [variable ?? label, ...(path.length === 0 ? [] : [dotted(path)]), text].join(': ');

const badConfig = (problems: readonly string[]) => new DropgateError('BAD_CONFIG', problems.join('\n'));
