import { createHash } from 'node:crypto';
import type { Command } from '../../contract/detection-api';
import type { ProbeReport } from '../../contract/probe-report';

/** One entry of the worker's own `api.yml`. */
export interface Definition {
  /** One lock and one init flag for all definitions with this key. */
  readonly shared: string;
  readonly workdir: string;
  readonly environ: Readonly<Record<string, string>>;
  readonly install: readonly Command[];
  readonly scripts: readonly Command[];
  readonly report: Command;
}

/** One file to look at. */
export interface Detection {
  readonly uuid: string;
  readonly mime: string;
  /** As the client calls the file: for logs, hostile, never a path. */
  readonly name: string;
  /** A private copy, which does not change while it is looked at. */
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  /** The very object that `find` gave, unless it was posted. */
  readonly definition: Definition;
  /** The definition was posted and is none of the worker's own. */
  readonly posted: boolean;
  /** The client says that `install` ran already; only posted definitions may believe it. */
  readonly inited: boolean;
}

/** How a detection ended, its last attempt. */
export interface DetectionEnd {
  readonly inited: boolean;
  /** Every command ended with 0. */
  readonly reported: boolean;
  /** Which step failed and how, for a person; null when none did. */
  readonly failed: string | null;
  /** What the definition's mapping says about the file; null when there is none, and then nobody knows. */
  readonly result: Pick<ProbeReport, 'statement' | 'findings' | 'coverage'> | null;
}

export interface DetectionsHealth {
  /** Why nothing can be run, and what to do; null when all is well. */
  readonly problem: string | null;
  readonly engineVersion: string;
  /** Null when it is not known; then no result is used again. */
  readonly databaseVersion: string | null;
}

/** What runs detections; the daemon knows no more of it. */
export interface Detections {
  /** The definition for a MIME type; null where there is none. */
  find(mime: string): Promise<Definition | null>;
  /** Why a request may not set that variable for posted commands, in words that follow its name; null when it may. */
  variableProblem(name: string, value: string): string | null;
  health(): Promise<DetectionsHealth>;
  /** Resolves also when commands failed; rejects when nothing could be run, and promptly when `signal` aborts. */
  run(detection: Detection, signal: AbortSignal): Promise<DetectionEnd>;
  /** Ends what still runs. */
  close(): Promise<void>;
}

/** Equal for definitions that run the same commands. */
export function commandsHash(definition: Pick<Definition, 'install' | 'scripts' | 'report'>): string {
  const { install, scripts, report } = definition;
  return createHash('sha256')
    .update(JSON.stringify([install, scripts, report]))
    .digest('hex');
}
