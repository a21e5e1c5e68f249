import {
  type Entry,
  ERR_ENCRYPTED,
  ERR_INVALID_PASSWORD,
  ERR_UNSUPPORTED_COMPRESSION,
  ERR_UNSUPPORTED_ENCRYPTION,
  type FileEntry,
} from '@zip.js/zip.js';
import { nameOf } from '../../base/display-name';
import { messageOf, ProbeError } from '../../base/errors';
import type { ScanContext } from '../probe';
import type { FileWindow } from './file-window';
import { linkEscapes } from './member-names';
import type { Extracted } from './opener';
import { saysTooMuch } from './ratio';
import type { ScanNotes } from './scan-notes';
import { stageMember, toProbeError } from './stage-member';
import { StreamedZip, streamOptions } from './streamed-zip';
import { unpackSmall } from './unpack-small';
import { FLAG_ENCRYPTED, FLAG_STRONG_ENCRYPTION, type ZipMember } from './zip-directory';

/** Methods that are unpacked here: stored, deflate, deflate64. */
const METHODS: ReadonlySet<number> = new Set([0, 8, 9]);
/** Small members that are staged at once. */
const SMALL_AT_ONCE = 32;
export function isUnpackable({ method }: ZipMember): boolean {
  return METHODS.has(method);
}

/**
 * Unpacks the members of one zip into child items, large ones one after the other, and notes what could not be unpacked. Throws
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
    this.window = window;
    this.context = context;
    this.notes = notes;
    this.signal = signal;
    this.passwords = context.passwords.filter((password) => password !== '');
  }

  /**
   * `dataOffsets`: where the data of each member begins, by its index. Resolves with how many members became children,
   * and how many of them a password opened.
   */
  async extract(members: readonly ZipMember[], dataOffsets: ReadonlyMap<number, number>): Promise<Extracted> {
    const staging: Promise<boolean>[] = [];
    const allStaged = async () => (await Promise.all(staging.splice(0))).every((goesOn) => goesOn);
    const streams = new StreamedZip(this.window, members.length, this.notes);
    let said = 0;
    try {
      for (const member of members) {
        this.signal.throwIfAborted();
        if (isEmptyFolder(member)) continue;
        said += member.size;
        const tooMuch = saysTooMuch(said, this.window.size, this.context.limits);
        if (tooMuch !== null) {
          this.notes.overLimit(`unpacking stopped at the member ${member.shown}: ${tooMuch}`);
          break;
        }
        const content = await unpackSmall(this.window, member, dataOffsets.get(member.index) ?? this.window.size);
        if (content !== null) {
          const staged = this.stageSmall(member, content);
          staged.catch(() => undefined); // heard below, with all the others
          staging.push(staged);
          if (staging.length >= SMALL_AT_ONCE && !(await allStaged())) break;
        } else if (!(await allStaged()) || !(await this.extractOne(member, await streams.entryOf(member)))) {
          break;
        }
      }
    } finally {
      await Promise.allSettled(staging);
      await streams.close();
    }
    await allStaged();
    return { members: this.staged, decrypted: this.decrypted };
  }

  /** False when a limit was met. */
  private async stageSmall(member: ZipMember, content: Buffer): Promise<boolean> {
    try {
      await this.context.addChild(childName(member), content);
      this.staged += 1;
      return true;
    } catch (error) {
      this.signal.throwIfAborted();
      const failure = toProbeError(error);
      this.noteFailure(member, failure);
      return !isLimit(failure);
    }
  }

  /** False when a limit was met and nothing more is to be unpacked. */
  private async extractOne(member: ZipMember, entry: Entry | undefined): Promise<boolean> {
    if (entry === undefined) {
      this.notes.ambiguous(`the directory's entry of the member ${member.shown} can be read in two ways`);
      return true;
    }
    if (entry.directory) {
      this.notes.damaged(`the folder ${member.shown} has content`);
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
      await entry.getData(new WritableStream(), {
        ...streamOptions,
        password,
        checkPasswordOnly: true,
        signal: this.signal,
      });
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
      options: { ...streamOptions, ...(password === undefined ? {} : { password }) },
      signal: this.signal,
      keepsStart: member.isLink,
    };
    const staged = await stageMember(this.context, childName(member), source);
    this.signal.throwIfAborted();
    if (staged.kind === 'failed') return { error: staged.error };
    this.staged += 1;
    if (member.isLink && linkEscapes(member.name, staged.start)) {
      const target = nameOf(staged.start).display;
      this.notes.found('archive-link-escape', `the link ${member.shown} points outside the archive, to "${target}"`);
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
      this.notes.unopened(`the member ${member.shown} cannot be unpacked by this version`);
    else this.notes.damaged(`the member ${member.shown} is damaged (${message})`);
  }

  private noteEncrypted(member: ZipMember): void {
    this.notes.encrypted(`the member ${member.shown} is encrypted, and no known password opens it`);
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

/** The name an unpacker would give the file: the Unicode path field where it is valid, else the bytes; never empty, never with a NUL. */
function childName(member: ZipMember): Uint8Array {
  const name = member.unicodeName ?? member.name;
  if (name.length === 0) return Buffer.from(`member-${member.index + 1}`);
  return name.includes(0) ? Buffer.from(member.shown) : name;
}
