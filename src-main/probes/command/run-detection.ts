import { sleep, systemClock } from '../../base/clock';
import { DropgateError } from '../../base/errors';
import { afterRunning } from '../../base/running-time';
import { whileWanted } from '../deadline';
import { assertRequest } from './check-request';
import type { Command } from './definition-schema';
import type { DetectionFailure, DetectionRequest, DetectionResult, RunDetection, Step } from './detection';
import { DetectionLogs } from './detection-logs';
import { environmentOf } from './environment';
import { type CommandEnd, runCommand } from './run-command';
import { openRunFolder, type RunFolder, sweepRuns } from './run-folder';
import { withQuotedVariables } from './shell-text';
import { tellable } from './tellable';
import { expand, namesIn } from './variables';

export interface DetectionSettings {
  /** Root of all APIs: the workdir of a posted request lies in it. */
  readonly root: string;
  readonly logs: string;
  /** Most log files that are kept. */
  readonly logFiles: number;
  /** A private folder for working folders; nobody else's, since what is found in it at the start is removed. */
  readonly runs: string;
  /** Attempts of one command in all, and the rest between two of them. */
  readonly maxAttempts: number;
  readonly retryMs: number;
  /** For all scripts and the report of one file together, rests included; and for an installation. */
  readonly timeoutMs: number;
  readonly installMs: number;
  /** Of each process: private memory, output, and the largest file that it may write. */
  readonly memoryBytes: number;
  readonly outputBytes: number;
  readonly writtenBytes: number;
}

/** A detection, or an installation, that is under way. */
interface Run {
  readonly request: DetectionRequest;
  readonly folder: RunFolder;
  readonly env: Readonly<Record<string, string>>;
  readonly ms: number;
}

type StepEnd = { readonly failed: DetectionFailure } | { readonly failed: null; readonly end: Exited | null };
type Exited = Extract<CommandEnd, { kind: 'exited' }>;

const TIMED_OUT = Symbol('deadline');

export interface DetectionRunner {
  readonly runDetection: RunDetection;
  /** Ends what runs: it rejects with PROBE_UNAVAILABLE. Resolves when no process and no working folder is left. */
  close(): Promise<void>;
}

/**
 * Runs detections as BroAPT does. Where an API is not installed, its `install` is run, once for all requests of its `shared`
 * that wait for it, and to its end even where none of them waits any more; then `scripts`, then `report`; the first command
 * that fails ends the detection. A command that fails is tried again, `maxAttempts` times in all. It knows of files,
 * commands and processes, and nothing of probes and verdicts.
 */
export function createDetectionRunner(settings: DetectionSettings): DetectionRunner {
  const runner = new Runner(settings);
  return { runDetection: (request, signal) => runner.run(request, signal), close: () => runner.close() };
}

class Runner {
  private readonly settings: DetectionSettings;
  private readonly logs: DetectionLogs;
  /** By `shared`: those that run or succeeded. Null: it is installed. */
  private readonly installations = new Map<string, Promise<DetectionFailure | null>>();
  private readonly closing = new AbortController();
  private readonly running = new Set<Promise<unknown>>();
  private swept: Promise<void> | null = null;

  constructor(settings: DetectionSettings) {
    this.settings = settings;
    this.logs = new DetectionLogs(settings.logs, settings.logFiles);
  }

  run(request: DetectionRequest, signal: AbortSignal): Promise<DetectionResult> {
    return this.followed(this.detect(request, AbortSignal.any([signal, this.closing.signal])));
  }

  async close(): Promise<void> {
    this.closing.abort(new DropgateError('PROBE_UNAVAILABLE', 'the probe was closed'));
    await Promise.all(this.running);
  }

  private async detect(request: DetectionRequest, signal: AbortSignal): Promise<DetectionResult> {
    signal.throwIfAborted();
    await assertRequest(request, this.settings.root);
    await this.sweep();
    const failed = await this.installed(request, signal);
    if (failed !== null) return resultOf(false, failed, null);
    return this.inFolder(request, this.settings.timeoutMs, async (run) => {
      if (request.workdir !== null) await run.folder.show(request.workdir);
      request.onInited?.();
      const { end, failed: stopped } = await this.scan(run, signal);
      return resultOf(true, stopped, end);
    });
  }

  /** `close` waits for it, however it ends. */
  private followed<T>(work: Promise<T>): Promise<T> {
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    this.running.add(settled);
    void settled.then(() => this.running.delete(settled));
    return work;
  }

  private async inFolder<T>(request: DetectionRequest, ms: number, work: (run: Run) => Promise<T>): Promise<T> {
    const folder = await openRunFolder(this.settings.runs);
    try {
      const { home, marker } = folder;
      const facts = { root: this.settings.root, path: request.path, mime: request.mime, home, marker };
      return await work({ request, folder, env: environmentOf(request.environ, facts), ms });
    } finally {
      await folder.close();
    }
  }

  /** Once, before the first run; one that failed is done again. */
  private async sweep(): Promise<void> {
    this.swept ??= sweepRuns(this.settings.runs);
    try {
      await this.swept;
    } catch (error) {
      this.swept = null;
      throw error;
    }
  }

  /** Null when it is installed. */
  private async installed(request: DetectionRequest, signal: AbortSignal): Promise<DetectionFailure | null> {
    signal.throwIfAborted();
    if (request.inited || request.install.length === 0) return null;
    const installation = this.installations.get(request.shared) ?? this.install(request);
    try {
      return await whileWanted(installation, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  }

  /** It ends by itself, at its own deadline or with `close`, and not with the request, which may have less time. */
  private install(request: DetectionRequest): Promise<DetectionFailure | null> {
    const { shared, install } = request;
    const installing = this.inFolder(request, this.settings.installMs, async (run) => {
      const all = (deadline: AbortSignal) => this.runAll(run, 'install', install, deadline);
      return (await this.inTime(run, this.closing.signal, all)).failed;
    });
    const forget = () => void this.installations.delete(shared); // the next request tries it again
    this.installations.set(shared, this.followed(installing));
    installing.then((failed) => (failed === null ? undefined : forget()), forget);
    return installing;
  }

  private async scan(run: Run, signal: AbortSignal): Promise<{ failed: DetectionFailure | null; end: Exited | null }> {
    const { scripts, report } = run.request;
    const done = await this.inTime(run, signal, async (deadline) => {
      const scripted = await this.runAll(run, 'scripts', scripts, deadline);
      return scripted.failed === null ? this.runAll(run, 'report', [report], deadline) : scripted;
    });
    return done.failed === null ? done : { ...done, end: null };
  }

  /** `work` with a deadline, which ends what it runs; then its failure says so. */
  private async inTime(
    run: Run,
    signal: AbortSignal,
    work: (deadline: AbortSignal) => Promise<StepEnd>,
  ): Promise<StepEnd> {
    const deadline = new AbortController();
    const stop = afterRunning(run.ms, () => deadline.abort(TIMED_OUT));
    try {
      return await work(AbortSignal.any([signal, deadline.signal]));
    } finally {
      stop();
    }
  }

  private async runAll(run: Run, step: Step, commands: readonly Command[], signal: AbortSignal): Promise<StepEnd> {
    let last: Exited | null = null;
    for (const [index, command] of commands.entries()) {
      const ended = await this.runWithRetries(run, step, index + 1, command, signal);
      if (ended.failed !== null) return ended;
      last = ended.end;
    }
    return { failed: null, end: last };
  }

  private async runWithRetries(
    run: Run,
    step: Step,
    number: number,
    command: Command,
    signal: AbortSignal,
  ): Promise<StepEnd> {
    const answers = step === 'report' ? run.request.answers : [0];
    for (let attempt = 1; ; attempt += 1) {
      const fail = (reason: DetectionFailure['reason'], message: string): StepEnd => ({
        failed: { step, number, attempt, reason, message },
      });
      try {
        const end = await this.runOnce(
          run,
          `${step}.${number}${attempt === 1 ? '' : `_${attempt - 1}`}`,
          command,
          signal,
        );
        if (end.kind === 'exited' && answers.includes(end.code)) return { failed: null, end };
        const again = end.kind === 'exited' || end.reason === 'exit';
        if (!again || attempt >= this.settings.maxAttempts) {
          if (end.kind === 'failed') return fail(end.reason, end.message);
          return fail('exit', `exit code ${end.code}${end.said === '' ? '' : `: ${end.said}`}`);
        }
        await sleep(this.settings.retryMs, signal);
      } catch (error) {
        if (error !== TIMED_OUT) throw error;
        return fail('timeout', `it did not end within ${run.ms / 1000} s`);
      }
    }
  }

  private async runOnce({ request, folder, env, ms }: Run, name: string, command: Command, signal: AbortSignal) {
    const { uuid, logged, workdir, path, environ } = request;
    const log = await this.logs.open(logged, `${uuid}-${name}`);
    try {
      // what an installation makes is for all files, so it is made in the workdir itself
      const cwd = name.startsWith('install') ? (workdir ?? folder.work) : folder.work;
      await log.writeFile(headerOf(request, cwd, command));
      const { memoryBytes: dataBytes, outputBytes, writtenBytes: fileBytes } = this.settings;
      const bounds = { dataBytes, fileBytes, cpuSeconds: Math.ceil(ms / 1000) };
      const told = (said: string) => tellable(said, path, Object.keys(environ), env);
      const end = await this.start(command, { cwd, env, bounds, outputBytes, log, tellable: told }, signal);
      const said = end.kind === 'exited' ? noted('exit', String(end.code)) : noted('failed', end.message);
      await log.writeFile(`\n${said}${noted('close', now())}`);
      return end;
    } finally {
      await log.close();
    }
  }

  private async start(
    command: Command,
    place: Parameters<typeof runCommand>[1],
    signal: AbortSignal,
  ): Promise<CommandEnd> {
    if (typeof command === 'string') return runCommand(['/bin/sh', '-c', withQuotedVariables(command)], place, signal);
    const unset = command.flatMap(namesIn).find((name) => !Object.hasOwn(place.env, name));
    if (unset !== undefined) return { kind: 'failed', reason: 'missing', message: `nothing sets \${${unset}}` };
    const words = command.map((word) => expand(word, place.env));
    if (words[0]?.startsWith('-') === true) {
      return { kind: 'failed', reason: 'missing', message: 'the name of its program begins with a dash' };
    }
    return runCommand(words, place, signal);
  }
}

function resultOf(inited: boolean, failed: DetectionFailure | null, end: Exited | null): DetectionResult {
  const reported = failed === null;
  return { inited, scanned: true, reported, failed, output: end?.output ?? '', exitCode: end?.code ?? null };
}

/** One line that is no output of a command. */
const noted = (name: string, value: string) => `# ${name}: ${value}\n`;
const now = () => new Date(systemClock.now()).toISOString();

/** Values of variables stay out of it: some are keys of services. */
function headerOf({ path, mime, environ }: DetectionRequest, cwd: string, command: Command): string {
  const lines = [
    ['open', now()],
    ['cwd', JSON.stringify(cwd)],
    ['env', Object.keys(environ).join(' ')],
    ['file', `${JSON.stringify(path)} (${mime})`],
    ['args', JSON.stringify(command)],
  ] as const;
  return `${lines.map(([name, value]) => noted(name, value)).join('')}\n`;
}
