/** Longest reply: the longest path of Linux (4096), an id, and a generous name of a signature. */
const LONGEST_FRAME = 16 * 1024;

/** Cuts a stream of bytes into replies that end with NUL. Texts are latin1, so that every byte is kept as it was. */
export class Frames {
  private rest: Buffer | null = null;

  /** Whole replies in `chunk` (which is not kept) and what was left before; null when one is longer than any reply can be. */
  push(chunk: Buffer): string[] | null {
    const bytes = this.rest === null ? chunk : Buffer.concat([this.rest, chunk]);
    const replies: string[] = [];
    let start = 0;
    for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, start)) {
      if (end - start > LONGEST_FRAME) return null;
      replies.push(bytes.toString('latin1', start, end));
      start = end + 1;
    }
    this.rest = start === bytes.length ? null : Buffer.from(bytes.subarray(start));
    return this.rest !== null && this.rest.length > LONGEST_FRAME ? null : replies;
  }

  /** What came without an end. */
  get unfinished(): string {
    return this.rest?.toString('latin1') ?? '';
  }
}
