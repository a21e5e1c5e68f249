import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Command } from '../../src-main/contract/detection-api';
import { variableProblem } from '../../src-main/probes/command/environment';
import type { Definition, Detection, DetectionEnd, Detections } from '../../src-main/workers/daemon/detections';

/** One definition by its MIME type, and what the exit codes of its report mean (left out: nobody says). */
export interface TestDefinition extends Partial<Definition> {
  readonly report: Command;
  readonly verdicts?: Readonly<Record<number, 'clean' | 'malicious'>>;
}

interface Outcome {
  readonly code: number | null;
}

/** Definitions that are given out only after `go`; `asked` tells that somebody waits for one. */
export function heldDefinitions(definitions: Readonly<Record<string, TestDefinition>>) {
  const detections = new CommandDetections(definitions);
  const find = detections.find.bind(detections);
  const [asked, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  detections.find = async (mime) => {
    asked.resolve();
    await go.promise;
    return find(mime);
  };
  return { detections, asked: asked.promise, go: () => go.resolve() };
}

/**
 * Definitions whose commands are really run, with FILE, MIME and what they set in the environment; `{FILE}` in a list is the path too. As small as it can be: no
 * retries, limits or logs.
 */
export class CommandDetections implements Detections {
  readonly ran: Detection[] = [];
  private readonly definitions: ReadonlyMap<string, TestDefinition>;
  private readonly inited = new Set<string>();

  constructor(definitions: Readonly<Record<string, TestDefinition>>) {
    this.definitions = new Map(Object.entries(definitions));
  }

  async find(mime: string): Promise<Definition | null> {
    const own = this.definitions.get(mime);
    return own === undefined ? null : whole(mime, own);
  }

  variableProblem(name: string, value: string): string | null {
    return variableProblem(name, value, 'posted');
  }

  async health() {
    return { problem: null, engineVersion: 'test detections 1', databaseVersion: null };
  }

  async run(detection: Detection, signal: AbortSignal): Promise<DetectionEnd> {
    this.ran.push(detection);
    const { install, scripts, report, shared } = detection.definition;
    if (!this.inited.has(shared)) {
      const { code } = await this.all(install, detection, signal);
      if (code !== 0) return { inited: false, reported: false, failed: `install: exit code ${code}`, result: null };
      this.inited.add(shared);
    }
    const scripted = await this.all(scripts, detection, signal);
    const last = scripted.code === 0 ? await this.all([report], detection, signal) : scripted;
    const verdicts = detection.posted ? undefined : this.definitions.get(detection.mime)?.verdicts;
    const meaning = verdicts?.[last.code ?? -1];
    if (meaning === undefined && last.code !== 0) {
      return { inited: true, reported: false, failed: `exit code ${last.code}`, result: null };
    }
    return { inited: true, reported: true, failed: null, result: meaning === undefined ? null : resultOf(meaning) };
  }

  async close(): Promise<void> {}

  private async all(commands: readonly Command[], detection: Detection, signal: AbortSignal): Promise<Outcome> {
    for (const command of commands) {
      const end = await this.one(command, detection, signal);
      if (end.code !== 0) return end;
    }
    return { code: 0 };
  }

  private async one(command: Command, detection: Detection, signal: AbortSignal): Promise<Outcome> {
    const [program = '', ...args] = typeof command === 'string' ? ['/bin/sh', '-c', command] : command;
    const env = { PATH: process.env.PATH, ...detection.definition.environ, FILE: detection.path, MIME: detection.mime };
    const child = spawn(
      program,
      args.map((word) => word.replaceAll('{FILE}', detection.path)),
      { env, stdio: 'ignore', detached: true },
    );
    const stop = () => process.kill(-(child.pid ?? 0), 'SIGKILL');
    signal.addEventListener('abort', stop, { once: true });
    const [code] = await once(child, 'close');
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
    return { code };
  }
}

function whole(mime: string, { shared, workdir, environ, install, scripts, report }: TestDefinition): Definition {
  return {
    shared: shared ?? mime,
    workdir: workdir ?? '.',
    environ: environ ?? {},
    install: install ?? [],
    scripts: scripts ?? [],
    report,
  };
}

function resultOf(meaning: 'clean' | 'malicious'): DetectionEnd['result'] {
  const coverage = { kind: 'complete' } as const;
  if (meaning === 'clean') return { statement: 'nothing_found', findings: [], coverage };
  const found = { probe: 'command', name: 'Test.Found', severity: meaning, category: 'malware', guidance: [] } as const;
  return { statement: 'found', findings: [{ ...found, guidance: [] }], coverage };
}
