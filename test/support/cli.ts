import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultItem, Summary } from '../../src-main/contract/result';

/** The built command line, as it is shipped. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Results {
  readonly schema: string;
  readonly submission: string;
  readonly items: ResultItem[];
  readonly summary: Summary;
}

function cliFile(): string {
  const folder = process.env.DROPGATE_ENTRIES;
  if (folder === undefined) throw new Error('the build is missing: test/support/build-once.ts did not run');
  return join(folder, 'cli.js');
}

/** The environment of a command: no configuration of the machine's own, entries beside the built command. */
function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { DROPGATE_ENTRIES: _entries, DROPGATE_CONFIG: _config, ...rest } = process.env;
  return { ...rest, ...env };
}

/** `user`: as whom it runs, where we may choose (as root). */
export function startCli(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  user: { readonly uid?: number; readonly gid?: number } = {},
): ChildProcess & { ended: Promise<Ended> } {
  const child = spawn(process.execPath, [cliFile(), ...args], {
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return Object.assign(child, { ended });
}

export function runCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return startCli(args, env).ended;
}

/** Runs `scan` or `gate` with --json; fails with its own words when it printed no document. */
export async function runJson(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; results: Results }> {
  const ended = await runCli([...args, '--json'], env);
  try {
    return { code: ended.code, results: JSON.parse(ended.stdout) as Results };
  } catch (error) {
    throw new Error(`no JSON (exit ${ended.code}): ${ended.stderr}${ended.stdout.slice(0, 500)}`, { cause: error });
  }
}

/** A gate of its own: a configuration in `folder`, data, outbox and input below it. JSON is YAML. */
export interface TestGate {
  readonly config: string;
  readonly dataDir: string;
  readonly outbox: string;
  readonly input: string;
  /** Common options that name it. */
  readonly options: readonly string[];
}

export function testGate(folder: string, settings: Record<string, unknown> = {}): TestGate {
  const input = join(folder, 'in');
  const outbox = join(folder, 'outbox');
  const dataDir = join(folder, 'data');
  const config = join(folder, 'dropgate.yaml');
  for (const path of [input, outbox]) mkdirSync(path, { recursive: true });
  writeSettings(config, { dataDir, outbox }, settings);
  return { config, dataDir, outbox, input, options: ['--config', config] };
}

/** Writes the configuration of a test gate anew. */
export function writeSettings(
  config: string,
  places: { readonly dataDir: string; readonly outbox: string },
  settings: Record<string, unknown>,
): void {
  const profile = { probes: ['yara', 'hash-list', 'file-type', 'archive'], destination: 'outbox' };
  const whole = {
    dataDir: places.dataDir,
    destinations: { outbox: { kind: 'folder', dir: places.outbox } },
    profiles: { default: profile },
    ...settings,
  };
  writeFileSync(config, JSON.stringify(whole, null, 2));
}
