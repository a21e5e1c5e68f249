import { sleep } from '../base/clock';
import { escapeHidden, nameOf } from '../base/display-name';
import type { IpcQuestion } from '../contract/ipc-schema';
import type { IntakeProblem } from '../contract/submission';
import { type ExpandOptions, expand, type FoundEntry } from '../intake/expand';
import type { Pipeline } from '../pipeline/pipeline';
import type { ReceivedFile } from '../pipeline/transition-facts';

const BATCH = 256;
/** More files than this are never named ahead of the work: a walk of any length stays small, and its rows in the ledger's cache. */
const MOST_AHEAD = 1000;
const BACKLOG_LOOK_MS = 50;

export type WithPipeline = <T>(work: (pipeline: Pipeline) => Promise<T>) => Promise<T>;

const REFUSAL: Record<string, string> = {
  symlink: 'a symbolic link, listed and not followed',
  own: 'a folder of Dropgate itself, listed and not entered',
  configuration: 'the configuration that Dropgate runs with, listed and never gated',
};

/**
 * Walks the named paths and hands every file to the pipeline in batches, no faster than it works. What cannot be taken
 * (a FIFO, an unreadable folder, a name that does not exist) becomes an item too, so that its end is seen. Rejects with
 * the signal's reason once `signal` has aborted: then not all that was named was received. `withPipeline` gives the
 * pipeline for one step, which may be another one each time. `leftOut`: what is Dropgate's own (see expand).
 */
export async function receivePaths(
  withPipeline: WithPipeline,
  submissionId: number,
  paths: readonly Buffer[],
  signal: AbortSignal,
  leftOut: Pick<ExpandOptions, 'own' | 'configuration'> = {},
): Promise<void> {
  let batch: ReceivedFile[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    const files = batch;
    batch = [];
    await withPipeline((pipeline) => pipeline.receive(submissionId, files));
    while ((await withPipeline((pipeline) => Promise.resolve(pipeline.backlog(submissionId)))) > MOST_AHEAD) {
      await sleep(BACKLOG_LOOK_MS, signal);
    }
  };
  for await (const found of expand(paths, leftOut)) {
    for (const entry of found) {
      signal.throwIfAborted();
      batch.push(receivedFile(entry));
      if (batch.length >= BATCH) await flush();
    }
  }
  await flush();
}

function receivedFile(entry: FoundEntry): ReceivedFile {
  const { relativePath, path: sourcePath } = entry;
  const skipped = entry.kind === 'skipped' ? (REFUSAL[entry.reason] ?? escapeHidden(entry.reason)) : null;
  const refused = entry.kind === 'refused' ? problemOf(entry.code, entry.problem) : null;
  return { relativePath, sourcePath, skipped, refused, identity: null };
}

function problemOf(code: string, detail: string): IntakeProblem {
  return { reason: code === 'SOURCE_UNSUPPORTED' ? 'unsupported' : 'unreadable', detail };
}

/** Origin of a submission in words: who named its paths, and which. */
export function originOf(from: IpcQuestion<'gate'>['from'], paths: readonly Buffer[]): string {
  const first = paths[0];
  const shown = first === undefined ? '' : nameOf(first).display;
  return paths.length > 1 ? `${from}: ${shown} and ${paths.length - 1} more` : `${from}: ${shown}`;
}
