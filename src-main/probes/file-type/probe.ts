import { errnoOf, messageOf, ProbeError } from '../../base/errors';
import { stat } from '../../base/files';
import type { ProbeHealth, ProbeReport } from '../../contract/probe-report';
import type { Probe, ProbeManifest, ScanContext, StagedItem } from '../probe';
import { CANARY } from './canary';
import { findDisguises } from './find-disguise';

const ENGINE_VERSION = 'file-type 2';

const MANIFEST: ProbeManifest = {
  id: 'file-type',
  title: 'File type',
  category: 'metadata',
  kind: 'local',
  accepts: null,
  timeoutMs: 30_000,
  concurrency: 16,
  queues: false,
  unpacks: false,
  dependsOn: 'content+name',
  privacy: 'local',
  canary: CANARY,
  needs: { type: true, allHashes: false },
  options: '',
};

/**
 * The `file-type` probe: programs, scripts, archives and disk images whose name passes them off as something else (other
 * ending, double ending, blanks, bidi overrides, hidden and look-alike characters), and names that Windows reads otherwise. What the bytes are was found out at intake; nothing is read here.
 */
export function createFileTypeProbe(): Probe {
  return new FileTypeProbe();
}

class FileTypeProbe implements Probe {
  readonly manifest = MANIFEST;
  private closed = false;

  async describe(): Promise<ProbeHealth> {
    return {
      state: this.closed ? 'not_ready' : 'ready',
      problem: this.closed ? 'the probe was closed' : null,
      engineVersion: ENGINE_VERSION,
      databaseVersion: ENGINE_VERSION,
      databaseDate: null,
      signatures: null,
      maxBytes: null,
      notes: [],
    };
  }

  async scan(item: StagedItem, _context: ScanContext, signal: AbortSignal): Promise<ProbeReport> {
    if (this.closed) throw new ProbeError('PROBE_UNAVAILABLE', 'the probe was closed');
    throwIfAborted(signal);
    if (item.type === null) {
      throw new ProbeError('PROBE_FAILED', 'the type of the content was not found out', { retryable: false });
    }
    await requireFile(item);
    throwIfAborted(signal);
    const findings = findDisguises(item.name, item.type);
    return {
      statement: findings.length > 0 ? 'found' : 'nothing_found',
      findings,
      coverage: { kind: 'complete' },
      engineVersion: ENGINE_VERSION,
      databaseVersion: ENGINE_VERSION,
    };
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

/** Nothing is read of the file, but one that is gone or cut was never looked at. */
async function requireFile(item: StagedItem): Promise<void> {
  let size: number;
  try {
    ({ size } = await stat(item.path));
  } catch (error) {
    const why = errnoOf(error) ?? messageOf(error);
    throw new ProbeError('SOURCE_UNREADABLE', `the staged file cannot be read (${why})`, { cause: error });
  }
  if (size !== item.size)
    throw new ProbeError('SOURCE_CHANGED', 'the staged file does not have the size it was hashed with');
}

function throwIfAborted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  if (signal.reason instanceof ProbeError) throw signal.reason;
  throw new ProbeError('CANCELLED', 'the scan was cancelled', { cause: signal.reason });
}
