import { useEffect } from 'react';
import { create } from 'zustand';
import type { IpcResult } from '../../src-main/contract/ipc-schema';
import type { SettingsChange } from '../../src-main/contract/window-calls';
import { CallError, engine, messageOf } from '../bridge';
import { currentText } from '../i18n/text';
import { usePulse } from './pulse';
import { type SchemaNode, schemaOf } from './settings-schema';
import type { Json, Path } from './settings-tree';

/** dropgate.yaml as the engine last told it. */
export interface Configuration {
  readonly file: string;
  /** What the file says. */
  readonly written: Json;
  /** What is in use: with defaults and overrides. */
  readonly effective: Json;
  readonly schema: SchemaNode;
  /** Keys, with dots between, that the environment or the command line sets. */
  readonly overridden: readonly string[];
  readonly version: string;
}

export interface SettingsProblem {
  readonly path: Path;
  readonly text: string;
}

interface ConfigurationState {
  readonly configuration: Configuration | null;
  readonly problem: string | null;
}

export const useConfigurationStore = create<ConfigurationState>()(() => ({ configuration: null, problem: null }));

/** How often, and after how long each time, it is asked again while a new configuration is being taken over. */
const AGAIN_MS = [250, 500, 1000, 2000, 4000] as const;

const reading = { number: 0, schema: null as { readonly json: string; readonly node: SchemaNode } | null };

function schemaFrom(json: Json): SchemaNode {
  const said = JSON.stringify(json);
  if (reading.schema?.json !== said) reading.schema = { json: said, node: schemaOf(json) };
  return reading.schema.node;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function asked(): Promise<IpcResult<'settings-read'>> {
  for (const pause of AGAIN_MS) {
    try {
      return await engine('settings-read', {});
    } catch (error) {
      // the engine is between two configurations
      if (!(error instanceof CallError) || !error.retryable) throw error;
      await wait(pause);
    }
  }
  return engine('settings-read', {});
}

/** Reads the configuration again; an answer to an older question is dropped. */
export async function readConfiguration(): Promise<void> {
  reading.number += 1;
  const { number } = reading;
  try {
    const { file, written, effective, schema, overridden, version } = await asked();
    if (number !== reading.number) return;
    const configuration = { file, written, effective, schema: schemaFrom(schema), overridden, version };
    useConfigurationStore.setState({ configuration, problem: null });
  } catch (error) {
    if (number === reading.number) useConfigurationStore.setState({ problem: messageOf(error) });
  }
}

/** The configuration, read now and again whenever it changes; with what was wrong when it was read last. */
export function useConfiguration(): ConfigurationState {
  const revision = usePulse((pulse) => pulse?.revision.settings ?? null);
  // another revision is the reason to read again
  useEffect(() => void readConfiguration(), [revision]);
  return useConfigurationStore();
}

/** What would be wrong with these changes; nothing is written. Throws CallError. */
export async function checkChanges(changes: readonly SettingsChange[]): Promise<readonly SettingsProblem[]> {
  return write(changes, true);
}

/** Writes all of these changes, or none: then with what is wrong. Throws CallError. */
export async function writeChanges(changes: readonly SettingsChange[]): Promise<readonly SettingsProblem[]> {
  const problems = await write(changes, false);
  await readConfiguration();
  return problems;
}

async function write(changes: readonly SettingsChange[], checkOnly: boolean): Promise<readonly SettingsProblem[]> {
  const version = useConfigurationStore.getState().configuration?.version;
  const params = { changes: [...changes], checkOnly, ...(version === undefined ? {} : { version }) };
  const { problems } = await engine('settings-write', params);
  return problems.map(({ path, text }) => ({ path, text: currentText().told(text) }));
}
