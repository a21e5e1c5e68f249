import { messageOf, ProbeError } from '../../../base/errors';
import { innerName } from '../inner-name';
import { MemberStager } from '../member-stager';
import type { Extracted, Opener, OpenJob } from '../opener';
import { withinRatio } from '../ratio';
import type { ScanNotes } from '../scan-notes';
import type { Frame } from './frames';
import type { UnpackerName } from './registry';
import type { UnpackNote } from './unpacker';
import type { UnpackingChild } from './unpacking-child';
import type { UnpackingChildren } from './unpacking-children';

/** Opens containers in unpacking children: for parsers that are JavaScript or WebAssembly. */
export function childOpener(children: UnpackingChildren, unpacker: UnpackerName): Opener {
  return async (job) => {
    const { notes, context, signal } = job;
    signal.throwIfAborted();
    const child = children.take(context.limits.seconds);
    let reading = await readFrom(child, children, job, unpacker);
    // one that had opened others before and was lost while it waited: that is not this file's fault
    if (reading.isSilent && child.isUsed)
      reading = await readFrom(children.start(context.limits.seconds), children, job, unpacker);
    if (reading.done) return reading.extracted;
    const ended = await reading.child.ended;
    if (!ended.ran) throw new ProbeError('PROBE_UNAVAILABLE', `the unpacking process: ${ended.reason}`);
    if (reading.takesMore && ended.endedBySystem) {
      notes.overLimit('unpacking it needs more time or memory than it may have');
    } else if (reading.takesMore) {
      const words = ended.stderr.trim().split('\n').at(-1);
      notes.damaged(`it cannot be read to its end (${words === undefined || words === '' ? ended.reason : words})`);
    }
    return null;
  };
}

/** What `child` says of the file; it is gone afterwards, or waits for another one. Throws what staging throws, and the signal's reason. */
async function readFrom(
  child: UnpackingChild,
  children: UnpackingChildren,
  job: OpenJob,
  unpacker: UnpackerName,
): Promise<FrameReading> {
  const { item, container, context, signal } = job;
  const { path, size, type } = item;
  const passwords = context.passwords.filter((password) => password !== '');
  const reading = new FrameReading(job, child);
  const kill = () => child.kill();
  signal.addEventListener('abort', kill, { once: true });
  try {
    child.ask({ unpacker, path, size, mime: type?.mime ?? '', kind: container.kind, passwords });
    await reading.read();
  } finally {
    signal.removeEventListener('abort', kill);
    if (!reading.done) child.kill();
    await children.giveBack(child);
  }
  signal.throwIfAborted();
  return reading;
}

/** Turns the frames of one child into child items and notes. */
class FrameReading {
  /** The child said that it had gone through the whole file, and that fits what it sent. */
  done = false;
  readonly child: UnpackingChild;
  private readonly frames: Frames;
  private readonly itemName: Uint8Array;
  private readonly notes: ScanNotes;
  private readonly stager: MemberStager;
  private readonly signal: AbortSignal;
  private readonly ratio: number;
  private decrypted = 0;

  constructor({ item, context, notes, signal }: OpenJob, child: UnpackingChild) {
    this.child = child;
    this.frames = new Frames(child);
    this.itemName = item.name;
    this.notes = notes;
    this.signal = signal;
    this.ratio = context.limits.archiveRatio;
    this.stager = new MemberStager(context, notes, signal);
  }

  /** The child ended without a word about the file. */
  get isSilent(): boolean {
    return this.frames.count === 0 && this.frames.fault === null;
  }

  get takesMore(): boolean {
    return this.stager.takesMore;
  }

  get extracted(): Extracted {
    return { members: this.stager.staged, decrypted: this.decrypted };
  }

  /** To the end of what the child says, or to a limit. What is no answer is noted; what staging throws is thrown. */
  async read(): Promise<void> {
    const { frames } = this;
    for (let frame = await frames.next(); frame !== null; frame = await frames.next()) {
      if (frame.kind === 'note') this.note(frame.note);
      else if (frame.kind === 'head') await this.member(frame);
      else if (frame.kind === 'done') await this.finish(frame.members);
      else frames.fail('bytes outside a member');
      if (!this.stager.takesMore || this.done) break;
    }
    await this.stager.settle();
    this.signal.throwIfAborted();
    if (frames.fault !== null) this.notes.damaged(`what came out of it cannot be understood (${frames.fault})`);
  }

  private async member({ head }: Extract<Frame, { kind: 'head' }>): Promise<void> {
    const name = head.name === '' ? innerName(this.itemName) : Buffer.from(head.name, 'base64');
    await this.stager.add(
      name,
      withinRatio(this.frames.content(), () => this.child.bytesRead(), this.ratio),
    );
    if (head.decrypted) this.decrypted += 1;
  }

  private async finish(members: number): Promise<void> {
    await this.stager.settle();
    if (!this.stager.takesMore) return;
    if (members === this.stager.staged) this.done = true;
    else this.frames.fail('its end does not fit its members');
  }

  private note(note: UnpackNote): void {
    if (note.note === 'found') this.notes.found(note.finding, note.detail);
    else this.notes[note.note](note.detail);
  }
}

/** What a child says of one file. It breaks off when the child dies or is killed: that ends it, and is no fault. */
class Frames {
  /** What was said against the rules; nothing is read any more then. */
  fault: string | null = null;
  count = 0;
  private readonly child: UnpackingChild;

  constructor(child: UnpackingChild) {
    this.child = child;
  }

  async next(): Promise<Frame | null> {
    if (this.fault !== null) return null;
    try {
      const next = await this.child.next();
      if (next !== null) this.count += 1;
      return next;
    } catch (error) {
      this.fail(messageOf(error));
      return null;
    }
  }

  /** The bytes of the member whose head was read last, to its end or to the end of everything. */
  async *content(): AsyncGenerator<Uint8Array, void> {
    for (let frame = await this.next(); frame !== null && frame.kind !== 'end'; frame = await this.next()) {
      if (frame.kind === 'data') yield frame.bytes;
      else this.fail('a member inside a member');
    }
  }

  fail(fault: string): void {
    this.fault ??= fault;
  }
}
