import {
  configure,
  type Entry,
  ERR_ENCRYPTED,
  ERR_INVALID_PASSWORD,
  ERR_UNSUPPORTED_COMPRESSION,
  ERR_UNSUPPORTED_ENCRYPTION,
  type FileEntry,
  Reader,
  ZipReader,
} from '@zip.js/zip.js';
import { messageOf, ProbeError } from '../../base/errors';
import type { ScanContext } from '../probe';
import type { FileWindow } from './file-window';
import { linkEscapes } from './member-names';
import type { ScanNotes } from './scan-notes';
import { stageMember } from './stage-member';
import { FLAG_ENCRYPTED, FLAG_STRONG_ENCRYPTION, type ZipMember } from './zip-directory';

/** Methods that zip.js unpacks: stored, deflate, deflate64. */
const METHODS: ReadonlySet<number> = new Set([0, 8, 9]);
/** Read at once from the file; a deflated piece of this size can grow to a thousand times as much before it is passed on. */
const CHUNK_BYTES = 32 * 1024;

const options = {
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

  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    return this.window.read(index, length);
  }
}

export interface Extracted {
  readonly members: number;
  readonly decrypted: number;
}

/**
 * Unpacks the members of one zip into child items, one after the other, and notes what could not be unpacked. Throws
 * what staging throws, except PROBE_LIMIT, which is noted and ends the unpacking; and the signal's reason.
 */
export class ZipExtractor {
  private readonly window: FileWindow;
  private readonly context: ScanContext;
  private readonly notes: ScanNotes;
  private readonly signal: AbortSignal;
  /** Passwords of the profile, the one that fitted last first. */
  private passwords: readonly string[];
  private staged = 0;
  private decrypted = 0;

  constructor(window: FileWindow, context: ScanContext, notes: ScanNotes, signal: AbortSignal) {
    configure({ useWebWorkers: false, chunkSize: CHUNK_BYTES }); // the library keeps this for the whole process
    this.window = window;
    this.context = context;
    this.notes = notes;
    this.signal = signal;
    this.passwords = context.passwords.filter((password) => password !== '');
  }

  /** Resolves with how many members became children, and how many of them a password opened. */
  async extract(members: readonly ZipMember[]): Promise<Extracted> {
    const reader = new ZipReader(new WindowReader(this.window), options);
    try {
      const entries = await this.entriesOf(reader, members.length);
      for (const member of members) {
        this.signal.throwIfAborted();
        if (!(await this.extractOne(member, entries[member.index]))) break;
      }
    } finally {
      await reader.close();
    }
    return { members: this.staged, decrypted: this.decrypted };
  }

  /** The same directory as zip.js reads it; where it sees other members, they are missing here. */
  private async entriesOf(reader: ZipReader<FileWindow>, expected: number): Promise<readonly Entry[]> {
    try {
      const entries = await reader.getEntries();
      if (entries.length !== expected)
        this.notes.ambiguous(`its directory reads as ${entries.length} members or ${expected}`);
      return entries;
    } catch (error) {
      if (error instanceof ProbeError) throw error;
      this.notes.damaged(`its directory cannot be read (${messageOf(error)})`);
      return [];
    }
  }

  /** False when a limit was met and nothing more is to be unpacked. */
  private async extractOne(member: ZipMember, entry: Entry | undefined): Promise<boolean> {
    if (isEmptyFolder(member)) return true;
    if (entry === undefined || !isSame(member, entry)) {
      this.notes.ambiguous(`the directory's entry of the member ${member.shown} can be read in two ways`);
      return true;
    }
    if (entry.directory) {
      this.notes.damaged(`the folder ${member.shown} has content`);
      return true;
    }
    if (!METHODS.has(member.method)) {
      this.notes.unopened(
        `the member ${member.shown} is packed by method ${member.method}, which cannot be unpacked yet`,
      );
      return true;
    }
    if ((member.flags & FLAG_ENCRYPTED) !== 0) return this.extractEncrypted(member, entry);
    const failure = await this.stage(member, entry);
    if (failure !== null) this.noteFailure(member, failure.error);
    return !isLimit(failure?.error);
  }

  private async extractEncrypted(member: ZipMember, entry: FileEntry): Promise<boolean> {
    if ((member.flags & FLAG_STRONG_ENCRYPTION) === 0) {
      for (const password of this.passwords) {
        this.signal.throwIfAborted();
        if (!(await this.opens(entry, password))) continue;
        const failure = await this.stage(member, entry, password);
        if (failure === null) {
          this.decrypted += 1;
          this.passwords = [password, ...this.passwords.filter((other) => other !== password)];
          return true;
        }
        if (isLimit(failure.error)) {
          this.noteFailure(member, failure.error);
          return false;
        }
        // the check of ZipCrypto is one byte: a wrong password can pass it and fail here
      }
    }
    this.noteEncrypted(member);
    return true;
  }

  private async opens(entry: FileEntry, password: string): Promise<boolean> {
    try {
      await entry.getData(new WritableStream(), { ...options, password, checkPasswordOnly: true, signal: this.signal });
      return true;
    } catch (error) {
      this.signal.throwIfAborted();
      if (error instanceof ProbeError) throw error;
      return false; // wrong, or unreadable: either way the member stays closed, and is noted as such
    }
  }

  private async stage(member: ZipMember, entry: FileEntry, password?: string): Promise<{ error: unknown } | null> {
    const source = {
      entry,
      options: { ...options, ...(password === undefined ? {} : { password }) },
      signal: this.signal,
      keepsStart: member.isLink,
    };
    const staged = await stageMember(this.context, childName(member, entry), source);
    this.signal.throwIfAborted();
    if (staged.kind === 'failed') return { error: staged.error };
    this.staged += 1;
    if (member.isLink && linkEscapes(member.name, staged.start)) {
      const target = JSON.stringify(staged.start.toString('latin1'));
      this.notes.found('archive-link-escape', `the link ${member.shown} points outside the archive, to ${target}`);
    }
    return null;
  }

  private noteFailure(member: ZipMember, error: unknown): void {
    if (error instanceof ProbeError) {
      if (error.code !== 'PROBE_LIMIT') throw error;
      this.notes.overLimit(`unpacking stopped at the member ${member.shown}: ${error.message}`);
      return;
    }
    const message = messageOf(error);
    if (ENCRYPTED.has(message)) this.noteEncrypted(member);
    else if (message === ERR_UNSUPPORTED_COMPRESSION)
      this.notes.unopened(`the member ${member.shown} cannot be unpacked yet`);
    else this.notes.damaged(`the member ${member.shown} is damaged (${message})`);
  }

  private noteEncrypted(member: ZipMember): void {
    const detail = `the member ${member.shown} is encrypted, and no known password opens it`;
    this.notes.incomplete('encrypted', detail);
    this.notes.found('encrypted-member', detail);
  }
}

const ENCRYPTED: ReadonlySet<string> = new Set([ERR_ENCRYPTED, ERR_INVALID_PASSWORD, ERR_UNSUPPORTED_ENCRYPTION]);

function isLimit(error: unknown): boolean {
  return error instanceof ProbeError && error.code === 'PROBE_LIMIT';
}

/** A folder's entry without content; a packer may leave the two bytes of an empty deflate stream. */
function isEmptyFolder(member: ZipMember): boolean {
  return member.name.at(-1) === 0x2f && member.size === 0 && member.compressedSize <= 2;
}

function isSame(member: ZipMember, entry: Entry): boolean {
  return (
    entry.offset === member.offset &&
    entry.compressedSize === member.compressedSize &&
    entry.uncompressedSize === member.size &&
    member.name.equals(entry.rawFilename)
  );
}

/** The name an unpacker would give the file: the Unicode path field where it is valid, else the bytes; never empty, never with a NUL. */
function childName(member: ZipMember, entry: FileEntry): Uint8Array {
  const name = entry.extraFieldUnicodePath?.valid === true ? Buffer.from(entry.filename) : member.name;
  if (name.length === 0) return Buffer.from(`member-${member.index + 1}`);
  return name.includes(0) ? Buffer.from(member.shown) : name;
}
