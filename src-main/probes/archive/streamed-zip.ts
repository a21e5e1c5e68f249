import { setImmediate } from 'node:timers/promises';
import { configure, type Entry, Reader, ZipReader } from '@zip.js/zip.js';
import { messageOf, ProbeError } from '../../base/errors';
import type { FileWindow } from './file-window';
import type { ScanNotes } from './scan-notes';
import type { ZipMember } from './zip-directory';

/** Read at once from the file; a deflated piece of this size can grow to a thousand times as much before it is passed on. */
const CHUNK_BYTES = 32 * 1024;
/** Entries of the directory that are read between two breaths of the event loop. */
const ENTRIES_AT_ONCE = 200;

export const streamOptions = {
  useWebWorkers: false,
  checkCrc32: true,
  checkAuthenticationCode: true,
  // both are checked, and noted, before anything is unpacked; here they would stop it
  filenameValidation: 'tolerant',
  checkLocalDirectory: false,
  checkLocalFilename: false,
} as const;

class WindowReader extends Reader<FileWindow> {
  private readonly window: FileWindow;

  constructor(window: FileWindow) {
    super(window);
    this.window = window;
    this.size = window.size;
  }

  /** A copy: decryption may work in place. */
  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    return new Uint8Array(await this.window.read(index, length));
  }
}

/** A zip as zip.js sees it, for members that are unpacked as streams. Its directory is read when the first one asks. */
export class StreamedZip {
  private readonly reader: ZipReader<FileWindow>;
  private readonly expected: number;
  private readonly notes: ScanNotes;
  private entries: readonly Entry[] | null = null;

  /** `expected`: members that the directory has as we read it. */
  constructor(window: FileWindow, expected: number, notes: ScanNotes) {
    configure({ useWebWorkers: false, chunkSize: CHUNK_BYTES }); // the library keeps this for the whole process
    this.reader = new ZipReader(new WindowReader(window), streamOptions);
    this.expected = expected;
    this.notes = notes;
  }

  /** The same member as zip.js sees it; undefined where it sees another one, or none. */
  async entryOf(member: ZipMember): Promise<Entry | undefined> {
    this.entries ??= await this.read();
    const entry = this.entries[member.index];
    return entry !== undefined && isSame(member, entry) ? entry : undefined;
  }

  async close(): Promise<void> {
    await this.reader.close();
  }

  private async read(): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    try {
      for await (const entry of this.reader.getEntriesGenerator()) {
        entries.push(entry);
        if (entries.length % ENTRIES_AT_ONCE === 0) await setImmediate();
      }
    } catch (error) {
      if (error instanceof ProbeError) throw error;
      this.notes.damaged(`its directory cannot be read (${messageOf(error)})`);
      return [];
    }
    if (entries.length !== this.expected)
      this.notes.ambiguous(`its directory reads as ${entries.length} members or ${this.expected}`);
    return entries;
  }
}

function isSame(member: ZipMember, entry: Entry): boolean {
  return (
    entry.offset === member.offset &&
    entry.compressedSize === member.compressedSize &&
    entry.uncompressedSize === member.size &&
    member.name.equals(entry.rawFilename)
  );
}
