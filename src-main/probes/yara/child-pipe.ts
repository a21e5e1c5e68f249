import { readSync, writeSync } from 'node:fs';
import { errnoOf } from '../../base/errors';

const READ_BYTES = 64 * 1024;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** Runs a system call on a standard stream again while it says "not now": the pipe may be non-blocking. */
function untilDone<T>(call: () => T): T {
  for (;;) {
    try {
      return call();
    } catch (error) {
      if (errnoOf(error) !== 'EAGAIN') throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

/** Whole lines of standard input, read synchronously: a child that scans synchronously needs no event loop. */
export class LineInput {
  private readonly chunk = Buffer.allocUnsafe(READ_BYTES);
  private pending: Buffer[] = [];

  /** The next lines, at least one, without their ends; null at the end of input. Half a line at the end is dropped. */
  next(): string[] | null {
    for (;;) {
      const length = this.read();
      if (length === 0) return null;
      const data = this.chunk.subarray(0, length);
      const end = data.lastIndexOf(0x0a);
      if (end === -1) {
        this.pending.push(Buffer.from(data));
        continue;
      }
      const text = Buffer.concat([...this.pending, data.subarray(0, end)]).toString('utf8');
      this.pending = end + 1 < length ? [Buffer.from(data.subarray(end + 1))] : [];
      return text.split('\n');
    }
  }

  private read(): number {
    try {
      return untilDone(() => readSync(0, this.chunk));
    } catch (error) {
      if (errnoOf(error) === 'EOF') return 0; // Windows' word for the end of a pipe
      throw error;
    }
  }
}

/** Writes all of `text` to standard output before it returns. */
export function writeOut(text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) {
    const from = done;
    done += untilDone(() => writeSync(1, bytes, from));
  }
}
