import { ProbeError, toDropgateError } from '../../base/errors';
import type { FileType } from '../../contract/item';
import type { ProbeHealth, ProbeReport } from '../../contract/probe-report';
import type { Probe, ProbeManifest, ScanContext, StagedItem } from '../probe';
import { CANARY } from './canary';
import { stageCarried } from './carried';
import { FileWindow } from './file-window';
import { type FoundContainer, findContainer } from './find-container';
import { MemberStager } from './member-stager';
import type { Extracted, OpenJob } from './opener';
import { ScanNotes } from './scan-notes';
import { type ScannedZip, scanZip } from './scan-zip';
import { SevenZipOpener } from './seven-zip/open';
import { SevenZipPrograms } from './seven-zip/program';
import { slice } from './slice';
import { childOpener } from './unpacking/child-opener';
import { UnpackingChildren } from './unpacking/unpacking-children';
import { findZipEnd, type ZipEnd } from './zip-end';

const VERSION = 'archive 5';

const MANIFEST: ProbeManifest = {
  id: 'archive',
  title: 'Archive',
  category: 'tools',
  kind: 'local',
  accepts: null,
  timeoutMs: 10 * 60_000,
  concurrency: 4,
  queues: false,
  unpacks: true,
  dependsOn: 'content',
  privacy: 'local',
  canary: CANARY,
  needs: { type: true, allHashes: false },
  options: '',
};

/**
 * The `archive` probe: unpacks containers into child items, and reports what is wrong with them. What it does not open
 * it names: no container is clean unopened. `sevenZip`: the 7-Zip that is used before the one that comes along.
 */
export function createArchiveProbe(sevenZip = '7zz'): Probe {
  return new ArchiveProbe(new SevenZipPrograms(sevenZip));
}

class ArchiveProbe implements Probe {
  readonly manifest = MANIFEST;
  private readonly programs: SevenZipPrograms;
  private readonly sevenZip: SevenZipOpener;
  private readonly children = new UnpackingChildren();
  private readonly closing = new AbortController();

  constructor(programs: SevenZipPrograms) {
    this.programs = programs;
    this.sevenZip = new SevenZipOpener(programs);
  }

  async describe(): Promise<ProbeHealth> {
    const version = await this.version();
    const { aborted } = this.closing.signal;
    return {
      state: aborted ? 'not_ready' : 'ready',
      problem: aborted ? 'the probe was closed' : null,
      engineVersion: version,
      databaseVersion: version,
      databaseDate: null,
      signatures: null,
      maxBytes: null,
      notes:
        (await this.programs.first()) === null
          ? ['no 7-Zip can be started: most archives other than zip stay unverified']
          : [],
    };
  }

  async scan(item: StagedItem, context: ScanContext, signal: AbortSignal): Promise<ProbeReport> {
    const ending = AbortSignal.any([signal, this.closing.signal]);
    try {
      ending.throwIfAborted();
      if (item.type === null) {
        throw new ProbeError('PROBE_FAILED', 'the type of the content was not found out', { retryable: false });
      }
      return await this.look(item, item.type, context, ending);
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
    this.children.close();
  }

  private async version(): Promise<string> {
    const program = await this.programs.first();
    return program === null ? VERSION : `${VERSION}, ${program.version}`;
  }

  private async look(
    item: StagedItem,
    type: FileType,
    context: ScanContext,
    signal: AbortSignal,
  ): Promise<ProbeReport> {
    const window = await FileWindow.open(item.path, item.size);
    const notes = new ScanNotes();
    let extracted: Extracted | null = null;
    try {
      const job = { item, window, context, notes, signal };
      extracted = await this.openAll(job, await findContainer(window, type));
      signal.throwIfAborted();
    } finally {
      await window.close();
    }
    const { findings, coverage } = notes;
    const unpacked = coverage.kind === 'complete' && extracted !== null && extracted.members > 0 ? extracted : null;
    const version = await this.version();
    return {
      statement: findings.length > 0 ? 'found' : 'nothing_found',
      findings,
      coverage,
      ...(unpacked === null ? {} : { unpacked }),
      engineVersion: version,
      databaseVersion: version,
    };
  }

  /** Opens what the file is, the zip that ends it, and the archives in what is neither. */
  private async openAll(job: Omit<OpenJob, 'container'>, container: FoundContainer | null): Promise<Extracted | null> {
    const { window, notes } = job;
    const opened = container === null ? null : await this.open({ ...job, container });
    const end = await findZipEnd(window);
    if (end !== null && isInside(end, opened, notes)) {
      await this.stageInner(job, end);
    } else if (end !== null) {
      const zip = await this.openZip(job, end);
      if (zip !== null && !isArchive(container)) await stageCarried(job, zip.start);
      return zip?.start === 0 ? zip.extracted : null;
    }
    if (end === null && (await startsAsZip(window))) notes.damaged('it begins as a zip, but its end is missing');
    else if (!isArchive(container)) await stageCarried(job, window.size);
    return opened;
  }

  /** The zip that ends in a container, as a child: a member of it, or hidden where only programs for zips look. */
  private async stageInner({ window, context, notes, signal }: Omit<OpenJob, 'container'>, end: ZipEnd): Promise<void> {
    const stager = new MemberStager(context, notes, signal);
    const content = slice(window, end.shift, window.size - end.trailing);
    await stager.add(Buffer.from(`bytes-at-${end.shift}`), content);
    await stager.settle();
  }

  private async openZip(job: Omit<OpenJob, 'container'>, end: ZipEnd): Promise<ScannedZip | null> {
    const { window, context, notes, signal } = job;
    if (staysClosed(job)) return null;
    const container = { kind: 'zip', opener: null };
    return scanZip(window, end, context, notes, signal, () => this.sevenZip.open({ ...job, container }, ['zip']));
  }

  /** Opens a container that is no zip with the opener that container-kinds.ts names. */
  private async open(job: OpenJob): Promise<Extracted | null> {
    if (staysClosed(job)) return null;
    const { kind, opener } = job.container;
    if (opener === null) {
      job.notes.unopened(`this version does not open its format (${kind})`);
      return null;
    }
    if (opener.by === 'child') {
      const extracted = await childOpener(this.children, opener.unpacker)(job);
      return opener.isAll ? extracted : null;
    }
    return opener.by === '7zip'
      ? this.sevenZip.open(job, opener.formats)
      : this.sevenZip.openStream(job, opener.format);
  }
}

/** An archive of the same root has met a limit: that is noted, and this one is not opened. */
function staysClosed({ context, notes }: Omit<OpenJob, 'container'>): boolean {
  if (!context.isOverLimit()) return false;
  notes.overLimit('it was not opened: another archive of the same file is over a limit already');
  return true;
}

/** Whether a file's own kind says that it is its members and nothing else: one that was not opened is not searched for more. */
function isArchive(container: FoundContainer | null): boolean {
  const opener = container?.opener ?? null;
  return opener !== null && (opener.by !== 'child' || opener.isAll);
}

/** Whether the container was unpacked completely and the zip that ends in it is a file of its own: its offsets do not count from the container's start. */
function isInside(end: ZipEnd, extracted: Extracted | null, notes: ScanNotes): boolean {
  return extracted !== null && notes.coverage.kind === 'complete' && end.shift > 0;
}

/** A local header, an end record, or the marker of a split zip at the start (APPNOTE 4.3.7, 4.3.16, 8.5.3 and 8.5.4). */
async function startsAsZip(window: FileWindow): Promise<boolean> {
  const start = (await window.read(0, 4)).toString('latin1');
  return ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08', 'PK\x01\x02', 'PK00'].includes(start);
}
