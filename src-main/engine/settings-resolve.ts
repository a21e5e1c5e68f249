import { dirname, join } from 'node:path';
import { profileSchema, type Settings, settingsSchema } from '../contract/settings';
import { EMBEDDED_DESTINATION } from './resolve-plan';
import { crossProblems } from './settings-checks';
import { applyEnvironment, type Overridden } from './settings-environment';
import type { LoadOptions } from './settings-locate';
import { absolute, platformDataDir, type ResolvedSettings, resolvePaths } from './settings-paths';
import { problemsOf, type SettingsProblem } from './settings-problems';

/** A mistake, and the variable that brought it in; null when it stands in the file. */
export type TracedProblem = SettingsProblem & { readonly variable: string | null };

export type Resolution =
  | { readonly kind: 'settings'; readonly settings: ResolvedSettings }
  | { readonly kind: 'problems'; readonly problems: readonly TracedProblem[] };

/**
 * What the data of a configuration means: `DROPGATE_*` variables laid over it, checked as a whole, defaults filled in,
 * every path absolute. The one check, for loading and for changes alike. `file`: where the data stands, for its relative
 * paths; null when there is none.
 */
export function resolveSettings(data: unknown, file: string | null, options: LoadOptions): Resolution {
  const { env, cwd } = options;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return wrong([{ path: [], text: 'holds no keys; write "key: value" lines', variable: null }]);
  }
  const overridden = applyEnvironment(data, env);
  const parsed = settingsSchema.safeParse(overridden.data);
  const problems = [
    ...overridden.problems,
    ...(parsed.success ? [] : traced(overridden, problemsOf(parsed.error.issues, overridden.data))),
  ];
  if (!parsed.success || problems.length > 0) return wrong(problems);

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
  if (mistakes.length > 0) return wrong(traced(overridden, mistakes));
  return { kind: 'settings', settings };
}

/** Keys that the environment or the command line sets, whatever the file says: dotted. */
export function overriddenKeys(data: unknown, { env, dataDir }: LoadOptions): string[] {
  const { origins } = applyEnvironment(data, env);
  return [...new Set([...origins.keys(), ...(dataDir === undefined ? [] : ['dataDir'])])];
}

const wrong = (problems: readonly TracedProblem[]): Resolution => ({ kind: 'problems', problems });

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

/** A list is set as a whole: the mistake may lie in one of its entries. */
function traced({ origins }: Overridden, problems: readonly SettingsProblem[]): TracedProblem[] {
  return problems.map((problem) => {
    const { path } = problem;
    const found = path.map((_step, index) => origins.get(path.slice(0, index + 1).join('.'))).find(Boolean);
    return { ...problem, variable: found ?? null };
  });
}
