import type { ScanContext, StagedItem } from '../probe';
import type { FileWindow } from './file-window';
import type { FoundContainer } from './find-container';
import type { ScanNotes } from './scan-notes';

/** What was unpacked from one container. */
export interface Extracted {
  /** Members that became child items. */
  readonly members: number;
  /** Of those, how many a known password opened. */
  readonly decrypted: number;
}

export interface OpenJob {
  readonly item: StagedItem;
  /** The item's bytes. */
  readonly window: FileWindow;
  readonly container: FoundContainer;
  readonly context: ScanContext;
  readonly notes: ScanNotes;
  readonly signal: AbortSignal;
}

/**
 * Opens containers of one kind: every member becomes a child item, in order, by `context.addChild`; what of the container
 * was not seen is noted in `notes`, so that its coverage is never complete. Resolves with what was unpacked when the
 * item is these members and nothing else, else with null. Throws what staging throws, except PROBE_LIMIT, which is
 * noted; PROBE_UNAVAILABLE when the program that unpacks cannot be started; and the signal's reason.
 */
export type Opener = (job: OpenJob) => Promise<Extracted | null>;
