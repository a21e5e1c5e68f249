import { dirname } from 'node:path';
import { z } from 'zod';
import { DropgateError } from '../base/errors';
import type { IpcQuestion, IpcResult } from '../contract/ipc-schema';
import { settingsSchema } from '../contract/settings';
import { testDestination } from '../sinks/destination-test';
import type { EngineParts } from './parts';
import { locateSettings } from './settings-locate';
import { absolute } from './settings-paths';
import { overriddenKeys } from './settings-resolve';
import { truePlace, versionOf, writeSettings } from './settings-write';

type SettingsCall = 'settings-read' | 'settings-write' | 'destination-test';
type SettingsParts = Pick<EngineParts, 'loaded' | 'onSettingsWritten' | 'log'>;
type SettingsHandlers = {
  readonly [Call in SettingsCall]: (parts: SettingsParts, params: IpcQuestion<Call>) => Promise<IpcResult<Call>>;
};

/** How long a test of a destination may take in all. */
const TEST_MS = 60_000;

/** A value as JSON has it. */
const json = (value: unknown) => z.json().parse(JSON.parse(JSON.stringify(value)));

const SCHEMA = json(z.toJSONSchema(settingsSchema, { io: 'input' }));

export const SETTINGS_HANDLERS: SettingsHandlers = {
  async 'settings-read'({ loaded }) {
    const { file, content } = locateSettings(loaded.options);
    if (content.kind === 'problems') {
      throw new DropgateError('BAD_CONFIG', content.problems.map((text) => `${file}: ${text}`).join('\n'));
    }
    const written = content.kind === 'data' ? content.data : {};
    return {
      file: truePlace(file),
      written: json(written),
      effective: json(loaded.settings),
      schema: SCHEMA,
      overridden: overriddenKeys(written, loaded.options),
      version: versionOf(file, content),
    };
  },

  async 'settings-write'({ loaded, log, onSettingsWritten }, request) {
    const outcome = await writeSettings(loaded.options, request);
    if (outcome.kind === 'problems') {
      const problems = outcome.problems.map(({ path, text }) => ({
        path: path.map((step) => (typeof step === 'number' ? step : String(step))),
        text,
      }));
      return { problems };
    }
    if (outcome.kind === 'written') {
      log.info({ file: outcome.file }, 'the configuration was changed from the window');
      // after the answer is on its way: what takes the configuration over may close this very engine
      setImmediate(onSettingsWritten);
    }
    return { problems: [] };
  },

  async 'destination-test'({ loaded }, { destination }) {
    const { options } = loaded;
    const folder = dirname(locateSettings(options).file);
    const asked =
      destination.kind === 'folder'
        ? { ...destination, dir: absolute(destination.dir, folder, options.env) }
        : destination;
    return testDestination(asked, AbortSignal.timeout(TEST_MS));
  },
};
