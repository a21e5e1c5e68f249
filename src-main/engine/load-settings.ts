import { dirname, join } from 'node:path';
import { DropgateError } from '../base/errors';
import { profileSchema, type Settings, settingsSchema } from '../contract/settings';
import { EMBEDDED_DESTINATION } from './resolve-plan';
import { crossProblems } from './settings-checks';
import { applyEnvironment, type Overridden } from './settings-environment';
import { type FileContent, readSettingsFile } from './settings-file';
import { absolute, platformDataDir, type ResolvedSettings, resolvePaths } from './settings-paths';
import { dotted, problemsOf, type SettingsProblem } from './settings-problems';

const FILE_NAME = 'dropgate.yaml';

export interface LoadOptions {
  /** The configuration; must exist. Relative to `cwd`. Goes before DROPGATE_CONFIG. */
  readonly file?: string;
  /** The data folder; relative to `cwd`. Goes before DROPGATE_DATA_DIR, which goes before the file. */
  readonly dataDir?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

export interface LoadedSettings {
  readonly settings: ResolvedSettings;
  /** Absolute path of the file that was read; null when there is none. */
  readonly file: string | null;
  /** Whether anything says how to reach ClamAV: then `required: auto` includes it. */
  readonly clamavConfigured: boolean;
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
  const { env, cwd } = options;
  const { file, data } = findFile(options);
  const overridden = applyEnvironment(data, env);
  const label = file ?? 'configuration';
  const parsed = settingsSchema.safeParse(overridden.data);
  const problems = [
    ...overridden.problems.map(({ variable, path, text }) => line(variable, path, text)),
    ...(parsed.success ? [] : lines(label, overridden, problemsOf(parsed.error.issues, overridden.data))),
  ];
  if (!parsed.success || problems.length > 0) throw badConfig(problems);

  const folder = file === null ? cwd : dirname(file);
  const baseOf = (key: string) => (overridden.origins.has(key) ? cwd : folder);
  const dataDir =
    options.dataDir !== undefined
      ? absolute(options.dataDir, cwd, env)
      : parsed.data.dataDir !== undefined
        ? absolute(parsed.data.dataDir, baseOf('dataDir'), env)
        : platformDataDir(env, process.platform);
  const settings = resolvePaths(withDefaults(parsed.data, dataDir), dataDir, baseOf, env);
  const mistakes = crossProblems(settings);
  if (mistakes.length > 0) throw badConfig(lines(label, overridden, mistakes));
  return { settings, file, clamavConfigured: settings.probes.clamav !== undefined };
}

/** The profile `default`, and the embedded destination for every profile that names none. */
function withDefaults(settings: Settings, dataDir: string): Settings {
  const profiles = { default: profileSchema.parse({}), ...settings.profiles };
  return {
    ...settings,
    profiles: Object.fromEntries(
      Object.entries(profiles).map(([id, profile]) => [
        id,
        { ...profile, destination: profile.destination ?? EMBEDDED_DESTINATION },
      ]),
    ),
    destinations: {
      [EMBEDDED_DESTINATION]: { kind: 'folder', dir: join(dataDir, EMBEDDED_DESTINATION) },
      ...settings.destinations,
    },
  };
}

function findFile(options: LoadOptions): { file: string | null; data: unknown } {
  const { env, cwd } = options;
  const variable = env.DROPGATE_CONFIG === '' ? undefined : env.DROPGATE_CONFIG;
  const named = options.file ?? variable;
  if (named !== undefined) {
    const file = absolute(named, cwd, env);
    const content = readSettingsFile(file);
    if (content.kind === 'absent') throw badConfig([`${file}: there is no such file; name one that exists`]);
    return { file, data: dataOf(file, content) };
  }
  const dataDir = options.dataDir ?? (env.DROPGATE_DATA_DIR === '' ? undefined : env.DROPGATE_DATA_DIR);
  const folder = dataDir === undefined ? platformDataDir(env, process.platform) : absolute(dataDir, cwd, env);
  for (const file of [join(cwd, FILE_NAME), join(folder, FILE_NAME)]) {
    const content = readSettingsFile(file);
    if (content.kind !== 'absent') return { file, data: dataOf(file, content) };
  }
  return { file: null, data: {} };
}

function dataOf(file: string, content: Exclude<FileContent, { kind: 'absent' }>): unknown {
  if (content.kind === 'problems') throw badConfig(content.problems.map((problem) => `${file}: ${problem}`));
  const { data } = content;
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data;
  throw badConfig([`${file}: holds no keys; write "key: value" lines`]);
}

/** Lines of problems, each under the variable that set the key, else under the file. */
function lines(label: string, { origins }: Overridden, problems: readonly SettingsProblem[]): string[] {
  return problems.map(({ path, text }) => {
    // a list is set as a whole: the mistake may lie in one of its entries
    const origin = path.map((_step, index) => origins.get(path.slice(0, index + 1).join('.'))).find(Boolean);
    return line(origin ?? label, path, text);
  });
}

const line = (label: string, path: readonly PropertyKey[], text: string) =>
  [label, ...(path.length === 0 ? [] : [dotted(path)]), text].join(': ');

const badConfig = (problems: readonly string[]) => new DropgateError('BAD_CONFIG', problems.join('\n'));
