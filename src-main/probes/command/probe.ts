import { randomUUID } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { DropgateError, messageOf, ProbeError, toDropgateError } from '../../base/errors';
import { existsSync } from '../../base/files';
import { Limiter } from '../../base/limiter';
import { notReady } from '../../base/not-ready';
import type { CommandSettings } from '../../contract/command-settings';
import type { ErrorCode } from '../../contract/error-codes';
import type { Finding } from '../../contract/finding';
import type { Coverage, ProbeHealth, ProbeReport } from '../../contract/probe-report';
import { canBound } from '../bounded-command';
import type { Probe, ProbeManifest, ScanContext, StagedItem } from '../probe';
import { requireFile } from '../require-file';
import { type Definition, definitionsOf, findDefinition } from './definitions';
import { DefinitionsFile, type Loaded } from './definitions-file';
import type { DetectionFailure, FailureReason } from './detection';
import { isMime, patternSource } from './mime-pattern';
import { readAnswer } from './read-answer';
import { createDetectionRunner, type DetectionRunner } from './run-detection';
import { expand } from './variables';
import { answeringExits } from './verdict-mapping';

/** Scans asked for at once; how many run is `processes`. */
const CONCURRENCY = 16;
const EXAMPLE = 'example';

/**
 * The probe `command`: programs of the administrator's own, as an api.yml defines them by type of file. `options.folder`
 * is a private folder for logs and working folders.
 *
 * An end of the commands says something about a file only where the definition's `verdict` names it. Types that nothing is
 * defined for: where the file says `accepts`, the probe is made for those types alone; others are none of its business
 * (skipped, `type_not_accepted`), and one of them without a definition was not looked at (`unsupported`). Where the file
 * does not say, every type is its business, and one without a definition is skipped as `type_unsupported`: that has no
 * effect where others prove the file, and is never clean where this probe is required.
 */
export function createCommandProbe(settings: CommandSettings, options: { readonly folder: string }): Probe {
  return new CommandProbe(settings, options.folder);
}

class CommandProbe implements Probe {
  private readonly settings: CommandSettings;
  private readonly root: string;
  private readonly file: DefinitionsFile;
  private readonly turns: Limiter;
  private readonly runner: DetectionRunner;
  private closed = false;

  constructor(settings: CommandSettings, folder: string) {
    this.settings = settings;
    this.root = settings.root ?? dirname(settings.apis);
    this.file = new DefinitionsFile(settings.apis, this.root);
    this.turns = new Limiter(settings.processes);
    const { logFiles, maxAttempts, memoryBytes, outputBytes, writtenBytes } = settings;
    this.runner = createDetectionRunner({
      root: this.root,
      logs: settings.logs ?? join(folder, 'logs'),
      runs: join(folder, 'runs'),
      retryMs: settings.retrySeconds * 1000,
      timeoutMs: settings.timeoutSeconds * 1000,
      installMs: settings.installSeconds * 1000,
      ...{ logFiles, maxAttempts, memoryBytes, outputBytes, writtenBytes },
    });
  }

  /** `accepts` and `canary` follow the definitions; until they are read it accepts everything. */
  get manifest(): ProbeManifest {
    const loaded = this.file.current;
    return {
      id: 'command',
      title: 'Commands',
      category: 'tools',
      kind: 'local',
      ...acceptedBy(loaded),
      timeoutMs: this.settings.timeoutSeconds * 1000 + 5000, // its own deadline, which ends the commands, comes first
      concurrency: CONCURRENCY,
      queues: true,
      unpacks: false,
      dependsOn: 'content',
      privacy: 'local',
      canary: loaded?.definitions.canary ?? null,
      needs: { type: true, allHashes: false },
      options: null, // what a program finds depends on a database of its own
    };
  }

  async describe(): Promise<ProbeHealth> {
    if (this.closed) return notReady('the probe was closed');
    if (process.platform === 'win32') return notReady('commands need process groups, which Windows does not have');
    try {
      return await this.health();
    } catch (error) {
      return notReady(onOneLine(messageOf(error)));
    }
  }

  async scan(item: StagedItem, context: ScanContext, signal: AbortSignal): Promise<ProbeReport> {
    try {
      return await this.turns.run(() => this.look(item, context, signal), signal);
    } catch (error) {
      if (error instanceof ProbeError) throw error;
      if (error instanceof DropgateError && error.code === 'PROTOCOL') throw unusable(error.message);
      const { code, message, retryable } = toDropgateError(error, signal.aborted ? 'CANCELLED' : 'PROBE_FAILED');
      throw new ProbeError(code, message, { cause: error, retryable });
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.runner.close();
  }

  private async look(item: StagedItem, context: ScanContext, signal: AbortSignal): Promise<ProbeReport> {
    if (this.closed) throw new ProbeError('PROBE_UNAVAILABLE', 'the probe was closed');
    const before = await requireFile(item);
    const loaded = this.file.current ?? (await this.refreshed());
    if (item.size > this.settings.maxBytes) {
      const detail = `commands look at files up to ${this.settings.maxBytes} bytes and this one has ${item.size}`;
      return report(loaded, [], { kind: 'incomplete', reason: 'limit_exceeded', detail });
    }
    const mime = mimeOf(item);
    const definition = findDefinition(loaded.definitions, mime);
    if (definition === null) {
      const detail = `nothing is defined for ${mime}`;
      return report(loaded, [], { kind: 'incomplete', reason: 'unsupported', detail });
    }
    const findings = await this.detect(loaded, definition, item.path, mime, context, signal);
    const after = await requireFile(item);
    if (after.ino !== before.ino || after.mtimeMs !== before.mtimeMs) {
      const message = `the commands of ${definition.key} changed the file that they were to look at`;
      throw new ProbeError('SOURCE_CHANGED', message, { retryable: false });
    }
    return report(loaded, findings, { kind: 'complete' });
  }

  private async refreshed(): Promise<Loaded> {
    try {
      return await this.file.refresh();
    } catch (error) {
      throw new ProbeError('PROBE_UNAVAILABLE', onOneLine(messageOf(error)), { cause: error });
    }
  }

  private async detect(
    { definitions }: Loaded,
    definition: Definition,
    path: string,
    mime: string,
    context: ScanContext,
    signal: AbortSignal,
  ): Promise<Finding[]> {
    const { key, verdict, environ, install, scripts } = definition;
    if (definition.remote)
      throw unusable(`${key} is for a daemon (remote: true), which this probe has none of; remove that`);
    if (verdict === null)
      throw unusable(`${key} does not say what its end means; add verdict below it in ${this.settings.apis}`);
    const logged = key === EXAMPLE ? EXAMPLE : mime;
    const result = await this.runner.runDetection(
      {
        uuid: randomUUID(),
        path,
        mime,
        logged,
        // installed for this text of the file: another one may install something else
        shared: `${definitions.sha256} ${definition.shared}`,
        inited: false,
        workdir: this.workdirOf(definition, logged),
        environ,
        origin: 'definition',
        install,
        scripts,
        report: definition.report,
        answers: answeringExits(verdict),
        onInited: () => context.begins(),
      },
      signal,
    );
    if (result.failed !== null) throw failureOf(result.failed, key);
    return readAnswer(verdict, { exitCode: result.exitCode ?? -1, output: result.output, path });
  }

  /** `workdir` below the folder of the type; that folder itself where none is named, if there is one. */
  private workdirOf({ workdir, environ }: Definition, logged: string): string | null {
    const folder = join(this.root, logged);
    if (workdir !== null) return resolve(folder, expand(workdir, { ...environ, API_ROOT: this.root }));
    return existsSync(folder) ? folder : null;
  }

  private async health(): Promise<ProbeHealth> {
    const { definitions, missing, version } = await this.file.refresh();
    const all = definitionsOf(definitions);
    const speechless = all.filter(({ verdict }) => verdict === null);
    return {
      state: 'ready',
      problem: null,
      engineVersion: engineVersion(version),
      databaseVersion: null,
      databaseDate: null,
      signatures: null,
      maxBytes: this.settings.maxBytes,
      notes: [
        `definitions: ${all.map(({ key }) => key).join(', ')}`,
        ...speechless.map(({ key }) => `${key} has no verdict, so nothing proves its files clean`),
        ...missing.map(({ key, program }) => `${key} needs ${program}, which is not installed`),
        ...(canBound() ? [] : ['memory and processor time of commands are not bounded: prlimit is not installed']),
      ],
    };
  }
}

/** What the manifest says of types. Its patterns meet descriptions of types too, but match whole MIME types only. */
function acceptedBy(loaded: Loaded | null): Pick<ProbeManifest, 'accepts' | 'others'> {
  if (loaded === null) return { accepts: null, others: 'ignored' };
  const { accepts, apis, example } = loaded.definitions;
  if (accepts !== null) return { accepts: accepts.map(patternSource), others: 'ignored' };
  return { accepts: example === null ? apis.map(({ key }) => patternSource(key)) : null, others: 'unsupported' };
}

// held files are looked at again when it changes: so the programs that are there count too
const engineVersion = (version: string) => `command 1, definitions ${version}`;

function report({ version }: Loaded, findings: Finding[], coverage: Coverage): ProbeReport {
  return {
    statement: findings.length > 0 ? 'found' : 'nothing_found',
    findings,
    coverage,
    engineVersion: engineVersion(version),
    databaseVersion: null,
  };
}

function mimeOf({ type }: StagedItem): string {
  const mime = type?.mime.split(';')[0]?.trim().toLowerCase() ?? '';
  if (isMime(mime)) return mime;
  throw unusable(`the type of the content was not found out`);
}

/** The first of several mistakes, and how many more there are. */
function onOneLine(message: string): string {
  const [first = '', ...more] = message.split('\n');
  return more.length === 0 ? first : `${first} (and ${more.length} more in this file)`;
}

const unusable = (message: string) => new ProbeError('PROBE_FAILED', message, { retryable: false });

const CODES: Readonly<Record<FailureReason, ErrorCode>> = {
  exit: 'PROBE_FAILED',
  limit: 'PROBE_LIMIT',
  missing: 'PROBE_UNAVAILABLE',
  timeout: 'PROBE_TIMEOUT',
  left: 'PROBE_FAILED',
};

/** It was tried often enough already: no retry. */
function failureOf({ step, number, attempt, reason, message }: DetectionFailure, key: string): ProbeError {
  const what = `${step} ${number} of ${key} failed in attempt ${attempt}: ${message}`;
  return new ProbeError(CODES[reason], what, { retryable: false });
}
