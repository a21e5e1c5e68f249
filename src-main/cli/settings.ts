import type { Logger } from 'pino';
import { createLogger } from '../base/log';
import { type LoadedSettings, loadSettings } from '../engine/load-settings';
import type { CommonOptions } from './options';

/** Reads dropgate.yaml as the common options say. Throws BAD_CONFIG. */
export function settingsFor(options: CommonOptions): LoadedSettings {
  const { config: file, dataDir } = options;
  return loadSettings({
    ...(file === undefined ? {} : { file }),
    ...(dataDir === undefined ? {} : { dataDir }),
    env: process.env,
    cwd: process.cwd(),
  });
}

/** A command's logger: silent but for what a person must know, unless --debug. */
export function loggerFor(options: CommonOptions): Logger {
  return createLogger({ level: options.debug === true ? 'debug' : 'fatal' });
}
