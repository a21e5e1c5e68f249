import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DetectionRequest } from '../../../../src-main/probes/command/detection';
import { createDetectionRunner, type DetectionSettings } from '../../../../src-main/probes/command/run-detection';
import { tempFolder } from '../../../support/temp-folder';

export const never = new AbortController().signal;

/** A folder in which detections are run: a file to look at, a root of APIs, logs. */
export class Place {
  readonly folder = tempFolder();
  readonly root = join(this.folder, 'root');
  readonly logs = join(this.folder, 'logs');
  readonly runs = join(this.folder, 'runs');
  readonly file = join(this.folder, 'a file');

  constructor() {
    mkdirSync(this.root);
    writeFileSync(this.file, 'content');
  }

  /** Small times; closed after the test. */
  runner(settings: Partial<DetectionSettings> = {}) {
    const runner = createDetectionRunner({
      root: this.root,
      logs: this.logs,
      logFiles: 100,
      runs: this.runs,
      maxAttempts: 3,
      retryMs: 10,
      timeoutMs: 60_000,
      installMs: 60_000,
      memoryBytes: 1024 ** 3,
      outputBytes: 64 * 1024,
      writtenBytes: 1024 ** 2,
      ...settings,
    });
    onTestFinished(() => runner.close());
    return runner;
  }

  request(changes: Partial<DetectionRequest> = {}): DetectionRequest {
    return {
      uuid: randomUUID(),
      path: this.file,
      mime: 'text/plain',
      logged: 'text/plain',
      shared: 'text/plain',
      inited: false,
      workdir: null,
      environ: {},
      origin: 'definition',
      install: [],
      scripts: [],
      report: ['true'],
      answers: [0],
      ...changes,
    };
  }

  /** A path in the folder, for what a command makes. */
  at(name: string): string {
    return join(this.folder, name);
  }

  text(name: string): string {
    return existsSync(this.at(name)) ? readFileSync(this.at(name), 'utf8') : '';
  }

  /** Paths of all logs, relative, without their UUID. */
  logNames(): string[] {
    const entries = readdirSync(this.logs, { recursive: true, encoding: 'utf8' });
    return entries
      .filter((name) => /[0-9a-f]{8}-/.test(name))
      .map((name) => name.replace(/[0-9a-f-]{36}/, 'uuid'))
      .sort();
  }

  /** Working folders that are there. */
  runFolders(): string[] {
    return existsSync(this.runs) ? readdirSync(this.runs) : [];
  }
}

/** Processes whose environment holds `text`. */
export function processesWith(text: string): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/environ`, 'latin1').includes(text);
    } catch {
      return false; // it has just ended
    }
  });
}
