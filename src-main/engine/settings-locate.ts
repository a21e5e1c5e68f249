import { join } from 'node:path';
import { type FileContent, readSettingsFile } from './settings-file';
import { absolute, platformDataDir } from './settings-paths';

const FILE_NAME = 'dropgate.yaml';

export interface LoadOptions {
  /** The configuration; must exist. Relative to `cwd`. Goes before DROPGATE_CONFIG. */
  readonly file?: string;
  /** The data folder; relative to `cwd`. Goes before DROPGATE_DATA_DIR, which goes before the file. */
  readonly dataDir?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

export interface SettingsPlace {
  /** Absolute path of the configuration in use; with nothing there, of the one that a first change would make. */
  readonly file: string;
  /** Somebody named the file: then it must exist. */
  readonly named: boolean;
  readonly content: FileContent;
}

/** The named configuration, else `./dropgate.yaml`, else `<data folder>/dropgate.yaml`, read as it is now. */
export function locateSettings(options: LoadOptions): SettingsPlace {
  const { env, cwd } = options;
  const variable = env.DROPGATE_CONFIG === '' ? undefined : env.DROPGATE_CONFIG;
  const named = options.file ?? variable;
  if (named !== undefined) {
    const file = absolute(named, cwd, env);
    return { file, named: true, content: readSettingsFile(file) };
  }
  const dataDir = options.dataDir ?? (env.DROPGATE_DATA_DIR === '' ? undefined : env.DROPGATE_DATA_DIR);
  const folder = dataDir === undefined ? platformDataDir(env, process.platform) : absolute(dataDir, cwd, env);
  const here = join(cwd, FILE_NAME);
  const content = readSettingsFile(here);
  if (content.kind !== 'absent') return { file: here, named: false, content };
  const file = join(folder, FILE_NAME);
  return { file, named: false, content: readSettingsFile(file) };
}
