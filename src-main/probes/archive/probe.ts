import { ProbeError, toDropgateError } from '../../base/errors';
import type { FileType } from '../../contract/item';
import type { ProbeHealth, ProbeReport } from '../../contract/probe-report';
import type { Probe, ProbeManifest, ScanContext, StagedItem } from '../probe';
import { CANARY } from './canary';
import { FileWindow } from './file-window';
import { findContainer } from './find-container';
import { ScanNotes } from './scan-notes';
import { scanZip } from './scan-zip';
import { findZipEnd } from './zip-end';
import type { Extracted } from './zip-extract';

const ENGINE_VERSION = 'archive 2 (zip)';

const MANIFEST: ProbeManifest = {
  id: 'archive',
  title: 'Archive',
  category: 'tools',
  kind: 'local',
  accepts: null,
  timeoutMs: 10 * 60_000,
  concurrency: 4,
  queues: false,
  dependsOn: 'content',
  privacy: 'local',
  canary: CANARY,
  needs: { type: true, allHashes: false },
  options: '',
};

/**
 * The `archive` probe: unpacks zips (and what is built on zip) into child items, and reports what is wrong with them.
 * Any other container is not opened by this version, and says so: no container is clean unopened.
 */
export function createArchiveProbe(): Probe {
  return new ArchiveProbe();
}

class ArchiveProbe implements Probe {
  readonly manifest = MANIFEST;
  private readonly closing = new AbortController();

  async describe(): Promise<ProbeHealth> {
    const { aborted } = this.closing.signal;
    return {
      state: aborted ? 'not_ready' : 'ready',
      problem: aborted ? 'the probe was closed' : null,
      engineVersion: ENGINE_VERSION,
      databaseVersion: ENGINE_VERSION,
      databaseDate: null,
      signatures: null,
      maxBytes: null,
      notes: ['archives other than zip are not opened: they stay unverified'],
    };
  }

  async scan(item: StagedItem, context: ScanContext, signal: AbortSignal): Promise<ProbeReport> {
    const ending = AbortSignal.any([signal, this.closing.signal]);
    try {
      ending.throwIfAborted();
      if (item.type === null) {
        throw new ProbeError('PROBE_FAILED', 'the type of the content was not found out', { retryable: false });
      }
      return await look(item, item.type, context, ending);
    } catch (error) {
      if (this.closing.signal.aborted)
        throw new ProbeError('PROBE_UNAVAILABLE', 'the probe was closed', { cause: error });
      if (error instanceof ProbeError) throw error;
      if (signal.aborted) throw new ProbeError('CANCELLED', 'the scan was cancelled', { cause: error });
      const { message } = toDropgateError(error);
      throw new ProbeError('PROBE_FAILED', `the archive could not be looked into: ${message}`, { cause: error });
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
  }
}

async function look(item: StagedItem, type: FileType, context: ScanContext, signal: AbortSignal): Promise<ProbeReport> {
  const window = await FileWindow.open(item.path, item.size);
  const notes = new ScanNotes();
  let extracted: Extracted | null = null;
  try {
    const container = await findContainer(window, type);
    if (container !== null) notes.unopened(`it is a ${container.kind}, which this version does not open`);
    const end = await findZipEnd(window);
    if (end !== null) extracted = await scanZip(window, end, context, notes, signal);
    else if (await startsAsZip(window)) notes.damaged('it begins as a zip, but its end is missing');
    signal.throwIfAborted();
  } finally {
    await window.close();
  }
  const { findings, coverage } = notes;
  const unpacked = coverage.kind === 'complete' && extracted !== null && extracted.members > 0 ? extracted : null;
  return {
    statement: findings.length > 0 ? 'found' : 'nothing_found',
    findings,
    coverage,
    ...(unpacked === null ? {} : { unpacked }),
    engineVersion: ENGINE_VERSION,
    databaseVersion: ENGINE_VERSION,
  };
}

/** A local header, an end record, or the marker of a split zip at the start (APPNOTE 4.3.7, 4.3.16, 8.5.3 and 8.5.4). */
async function startsAsZip(window: FileWindow): Promise<boolean> {
  const start = (await window.read(0, 4)).toString('latin1');
  return ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08', 'PK\x01\x02', 'PK00'].includes(start);
}
