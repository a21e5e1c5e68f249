import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { messageOf } from '../base/errors';
import { makeFolder } from '../base/make-folder';
import type { Settings } from '../contract/settings';
import { createFolderSink } from '../sinks/folder/sink';
import { createS3Sink } from '../sinks/s3/sink';
import type { Sink } from '../sinks/sink';
import type { DataFolder } from './data-folder';
import { EMBEDDED_DESTINATION } from './resolve-plan';

/**
 * Every configured destination by id, and the embedded one. A folder that is not there yet is made, once, at the
 * engine's start; one that goes away later is a destination that cannot be reached, and is not made anew.
 */
export function createSinks(settings: Settings, folder: DataFolder): Map<string, Sink> {
  const ownerTag = createHash('sha256').update(folder.root).digest('hex').slice(0, 16);
  const sinks = new Map<string, Sink>();
  for (const [id, destination] of Object.entries(settings.destinations)) {
    const sink =
      destination.kind === 'folder'
        ? folderSink(id, destination.dir)
        : createS3Sink(id, destination, { ownerTag, journalDir: folder.indexes });
    sinks.set(id, sink);
  }
  if (!sinks.has(EMBEDDED_DESTINATION))
    sinks.set(EMBEDDED_DESTINATION, folderSink(EMBEDDED_DESTINATION, folder.cleared));
  return sinks;
}

function folderSink(id: string, dir: string): Sink {
  try {
    makeFolder(dir, 0o750);
  } catch {
    // the destination itself says what is wrong with its folder, to everybody who asks
  }
  return createFolderSink(id, dir);
}

/** Lets every destination clear away what a dead engine left; one that cannot be reached now is asked at the next start. */
export async function sweepSinks(sinks: ReadonlyMap<string, Sink>, signal: AbortSignal, log: Logger): Promise<void> {
  await Promise.all(
    [...sinks.values()].map((sink) =>
      sink.sweep(signal).catch((error: unknown) => {
        log.warn(
          { destination: sink.id, problem: messageOf(error) },
          'left-overs of an earlier engine could not be looked for',
        );
      }),
    ),
  );
}
