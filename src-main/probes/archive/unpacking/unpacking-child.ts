import { ConfinedProcess, type Ended } from '../confined-process';
import { UNPACK_BOUNDS, USED_BEFORE } from './command';
import { type Frame, FrameReader } from './frames';
import type { UnpackRequest } from './unpacker';

/** One unpacking child, which opens files one after the other. Whoever uses it has it alone. */
export class UnpackingChild {
  /** Processor time that each file has. */
  readonly cpuSeconds: number;
  /** Once, when it is gone. Never rejects. */
  readonly ended: Promise<Ended>;
  /** It may be asked to open another file: the last one ended as it should, and the child said so. */
  takesMore = true;
  private readonly process: ConfinedProcess;
  private readonly frames: FrameReader;
  private job = 0;
  private readBefore = 0;

  /** Killed when `signal` aborts. */
  constructor(command: readonly string[], cpuSeconds: number, signal: AbortSignal) {
    this.cpuSeconds = cpuSeconds;
    const bounds = { ...UNPACK_BOUNDS, cpuSeconds: cpuSeconds + USED_BEFORE.cpuSeconds };
    this.process = new ConfinedProcess(command, bounds, null, signal);
    this.frames = new FrameReader(this.process.output);
    this.ended = this.process.ended.then((ended) => {
      this.takesMore = false;
      return ended;
    });
  }

  /** It has opened, or tried to open, a file before this one. */
  get isUsed(): boolean {
    return this.job > 1;
  }

  /** Asks it to open a file. */
  ask(request: Omit<UnpackRequest, 'number'>): void {
    this.takesMore = false;
    this.job += 1;
    this.readBefore = this.process.bytesRead() ?? 0;
    this.process.send(`${JSON.stringify({ ...request, number: this.job })}\n`);
  }

  /**
   * What it says next of that file, to `done`; null when it is gone. Throws on what is no frame, not about that file, or
   * behind its end.
   */
  async next(): Promise<Frame | null> {
    const frame = await this.frames.next(this.job);
    if (frame?.kind !== 'done') return frame;
    if (this.frames.isAhead || (!frame.takesMore && (await this.frames.next(this.job)) !== null))
      throw new Error('bytes follow its end');
    this.takesMore = frame.takesMore;
    return frame;
  }

  /** As ConfinedProcess says, for that file. */
  bytesRead(): number | null {
    const all = this.process.bytesRead();
    return all === null ? null : all - this.readBefore;
  }

  /** Ends it now, whatever it does. */
  kill(): void {
    this.takesMore = false;
    this.process.kill();
  }
}
