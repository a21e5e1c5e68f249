import { resolve } from 'node:path';
import { existsSync } from '../base/files';

/** What the window was started with. */
export interface WindowArguments {
  /** Common options of the engine. */
  readonly engineOptions: readonly string[];
  /** As given; null for the engine's own choice. */
  readonly dataDir: string | null;
  /** Files and folders to gate, absolute. */
  readonly paths: readonly string[];
}

const WITH_VALUE = ['--data-dir', '--config'];

/**
 * Reads the arguments behind the program's own name. Switches that are not ours belong to Chromium and are passed over.
 * `--` ends the switches, so that a file may begin with a dash.
 */
export function readArguments(given: readonly string[], cwd: string): WindowArguments {
  const options = new Map<string, string>();
  const paths: string[] = [];
  let onlyPaths = false;
  for (let at = 0; at < given.length; at += 1) {
    const argument = given[at] ?? '';
    const [name = '', value] = argument.split(/=(.*)/s, 2);
    if (!onlyPaths && argument === '--') onlyPaths = true;
    else if (!onlyPaths && WITH_VALUE.includes(name)) {
      if (value === undefined) at += 1;
      const text = value ?? given[at];
      if (text !== undefined) options.set(name, resolve(cwd, text));
    } else if (onlyPaths || !argument.startsWith('-')) paths.push(resolve(cwd, argument));
  }
  return {
    engineOptions: [...options].flat(),
    dataDir: options.get('--data-dir') ?? null,
    paths: paths.filter((path) => path !== ''),
  };
}

/**
 * The arguments behind the program's name: a packaged program has its own alone; one from a checkout is preceded by
 * the application's folder, and by switches of Chromium.
 */
export function ownArguments(argv: readonly string[], packaged: boolean): readonly string[] {
  if (packaged) return argv.slice(1);
  const application = argv.findIndex(
    (argument, index) => index > 0 && !argument.startsWith('-') && existsSync(argument),
  );
  return application < 0 ? [] : argv.slice(application + 1);
}

/** Paths as they cross to the window. */
export const encodePaths = (paths: readonly string[]): string[] =>
  paths.map((path) => Buffer.from(path, 'utf8').toString('base64'));
