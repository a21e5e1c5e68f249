import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { systemClock } from '../base/clock';
import type { EngineClient } from '../base/engine-client';
import { DropgateError } from '../base/errors';
import { mkdtemp, rm } from '../base/files';
import { makeFolder } from '../base/make-folder';
import { IPC_CALLS } from '../contract/ipc-schema';
import { Stager } from '../intake/stager';
import { Pipeline } from '../pipeline/pipeline';
import { isClamavExpected } from './clamav-expected';
import { dataFolder } from './data-folder';
import { detectBytes } from './detect-bytes';
import { originOf, receivePaths } from './intake';
import type { LoadedSettings } from './load-settings';
import { localClient } from './local-client';
import { createProbes } from './probes';
import { Receiving } from './receiving';
import { resolvePlan } from './resolve-plan';
import { PROGRAM } from './version';

/** Files looked at at once: several times a clamd session's window, so that it never runs dry while results are committed. */
const WINDOW = 160;

export interface ScanOptions {
  readonly loaded: LoadedSettings;
  readonly paths: readonly Buffer[];
  readonly profile: string;
  readonly probes: readonly string[] | null;
  readonly force: boolean;
  /** Find type, SHA-1 and MD5 of every file, because somebody will read them. */
  readonly describeAll: boolean;
  readonly log: Logger;
}

/** A scan that runs: its submission, the calls that show how it goes (progress, results, waiting, cancel), and its end. */
export interface RunningScan {
  readonly submission: string;
  readonly client: EngineClient;
  close(): Promise<void>;
}

/**
 * Scans files where they are: nothing is moved, nothing is disposed of. Works in a private folder with a ledger of its
 * own that is removed with the scan, and needs no lock: any number of scans run beside an engine. Throws BAD_USAGE.
 */
export async function startScan(options: ScanOptions): Promise<RunningScan> {
  const { loaded, log } = options;
  const { settings } = loaded;
  const folder = await mkdtemp(join(tmpdir(), 'dropgate-scan-'));
  const stagingDir = join(folder, 'staging');
  const stager = new Stager();
  const pipeline = new Pipeline({
    ledgerFile: join(folder, 'ledger.db'),
    stagingDir,
    probes: createProbes(settings, {
      staging: stagingDir,
      indexes: indexFolder(settings.dataDir, folder),
      commands: join(folder, 'commands'),
    }),
    take: (request) => stager.stage(request),
    detectType: detectBytes,
    disposal: null,
    limitsOf: (profile) => settings.profiles[profile]?.limits ?? null,
    clock: systemClock,
    log,
    window: WINDOW,
    program: PROGRAM,
  });
  const receiving = new Receiving(log);
  const close = async () => {
    await receiving.close();
    await pipeline.scheduler.stop(0);
    await pipeline.close();
    await stager.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const clamavExpected = await isClamavExpected(loaded, null);
    const { profile, probes, force, describeAll } = options;
    const known = { probes: pipeline.probes.ids(), clamavExpected };
    const plan = resolvePlan(settings, { mode: 'scan', profile, probes, force, describeAll }, known);
    // asked now, so that what takes its time to start (compiling rules) starts before anything else
    for (const id of plan.probes) void pipeline.probes.health(id);
    await pipeline.start();
    const { id, guid } = await pipeline.open(originOf('command', options.paths), plan);
    receiving.start(guid, async (signal) => {
      await receivePaths((work) => work(pipeline), id, options.paths, signal);
      await pipeline.seal(id);
    });
    const cancel = async () => {
      await receiving.stop(guid);
      await pipeline.seal(id);
      return { cancelled: await pipeline.cancel(id) };
    };
    const client = localClient((call, params) => {
      if (call === 'progress') receiving.assertWhole(guid);
      return answer(pipeline, cancel, call, params);
    });
    return { submission: guid, client, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Indexes of hash lists outlive a scan where the data folder can be written. */
function indexFolder(dataDir: string, privateFolder: string): string {
  const { indexes } = dataFolder(dataDir);
  try {
    makeFolder(indexes, 0o700);
    return indexes;
  } catch {
    return join(privateFolder, 'indexes'); // a data folder that cannot be written is no reason not to scan
  }
}

async function answer(
  pipeline: Pipeline,
  cancel: () => Promise<{ cancelled: number }>,
  call: string,
  params: unknown,
): Promise<unknown> {
  switch (call) {
    case 'progress':
      return pipeline.progress(IPC_CALLS.progress.params.parse(params).submission);
    case 'results': {
      const { submission, ...page } = IPC_CALLS.results.params.parse(params);
      return pipeline.results(submission, page);
    }
    case 'waiting': {
      const { submission, after, limit } = IPC_CALLS.waiting.params.parse(params);
      return pipeline.waiting(submission, after, limit);
    }
    case 'cancel':
      return cancel();
    default:
      throw new DropgateError('PROTOCOL', `a scan does not answer ${call}`);
  }
}
