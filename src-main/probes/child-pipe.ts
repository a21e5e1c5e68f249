import { errnoOf } from '../base/errors';
import { readSync, writeSync } from '../base/files';

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

/** One read of standard input; nothing at its end. */
function readSome(into: Buffer): Buffer {
  try {
    return into.subarray(
      0,
      untilDone(() => readSync(0, into)),
    );
  } catch (error) {
    if (errnoOf(error) === 'EOF') return into.subarray(0, 0); // Windows' word for the end of a pipe
    throw error;
  }
}

/** All of standard input, to its end. */
export function readIn(): Buffer {
  const parts: Buffer[] = [];
  for (;;) {
    const part = readSome(Buffer.allocUnsafe(READ_BYTES));
    if (part.length === 0) return Buffer.concat(parts);
    parts.push(part);
  }
}

/** Whole lines of standard input, read synchronously: a child that scans synchronously needs no event loop. */
export class LineInput {
  private readonly chunk = Buffer.allocUnsafe(READ_BYTES);
  private pending: Buffer[] = [];

  /** The next lines, at least one, without their ends; null at the end of input. Half a line at the end is dropped. */
  next(): string[] | null {
    for (;;) {
      const data = readSome(this.chunk);
      if (data.length === 0) return null;
      const end = data.lastIndexOf(0x0a);
      if (end === -1) {
        this.pending.push(Buffer.from(data));
        continue;
      }
      const text = Buffer.concat([...this.pending, data.subarray(0, end)]).toString('utf8');
      this.pending = end + 1 < data.length ? [Buffer.from(data.subarray(end + 1))] : [];
      return text.split('\n');
    }
  }
}

/** Writes all of it to standard output before it returns. */
export function writeOut(content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let done = 0; done < bytes.length; ) {
    const from = done;
    done += untilDone(() => writeSync(1, bytes, from));
  }
}
