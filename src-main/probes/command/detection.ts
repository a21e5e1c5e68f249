import type { Command } from './definition-schema';
import type { Origin } from './environment';

/** One detection: the commands that look at one file. */
export interface DetectionRequest {
  /** A UUID; logs are named after it. */
  readonly uuid: string;
  /** The file, by its absolute path. */
  readonly path: string;
  /** Its MIME type, lower case, without parameters. */
  readonly mime: string;
  /** The folder of its logs: the MIME type, or `example`. */
  readonly logged: string;
  /** Requests with the same one share a lock and whether they are installed. */
  readonly shared: string;
  /** The caller knows that `install` was done. */
  readonly inited: boolean;
  /** Absolute path of the folder whose content commands find in their working folder; null: they find it empty. */
  readonly workdir: string | null;
  readonly environ: Readonly<Record<string, string>>;
  /** A request that was `posted` may set fewer variables, and its workdir lies below the root of all APIs. */
  readonly origin: Origin;
  readonly install: readonly Command[];
  readonly scripts: readonly Command[];
  readonly report: Command;
  /** Exit codes with which the report has answered. */
  readonly answers: readonly number[];
  /** Called when the installation is done (or was before) and the file itself is looked at. */
  readonly onInited?: () => void;
}

export type Step = 'install' | 'scripts' | 'report';

/**
 * `exit`: an exit code or a signal; `limit`: memory, processor time, output or a file's size; `missing`: it cannot be
 * started; `left`: processes of another user are left, which cannot be ended.
 */
export type FailureReason = 'exit' | 'limit' | 'missing' | 'timeout' | 'left';

export interface DetectionFailure {
  readonly step: Step;
  /** Which of the step's commands, from 1. */
  readonly number: number;
  /** How many times it was tried. */
  readonly attempt: number;
  readonly reason: FailureReason;
  /** What happened, for a person: "exit code 2: no database". */
  readonly message: string;
}

export interface DetectionResult {
  /** The installation is done, now or before. */
  readonly inited: boolean;
  readonly scanned: true;
  /** All commands ended as they should. It says nothing about the file. */
  readonly reported: boolean;
  readonly failed: DetectionFailure | null;
  /** Standard output of the report, as UTF-8; empty when it did not come to that. */
  readonly output: string;
  /** Exit code of the report; null when it did not come to that. */
  readonly exitCode: number | null;
}

/** Rejects with the signal's reason when it aborts, and with PROTOCOL for a request that is not to be run. */
export type RunDetection = (request: DetectionRequest, signal: AbortSignal) => Promise<DetectionResult>;
