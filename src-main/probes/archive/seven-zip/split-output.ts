/** Bytes of members that come one behind the other, cut where each member ends. */
export class SplitOutput {
  /** Bytes that came so far. */
  received = 0;
  private readonly chunks: AsyncIterator<Buffer>;
  private held: Buffer = Buffer.alloc(0);

  constructor(output: AsyncIterable<Buffer>) {
    this.chunks = output[Symbol.asyncIterator]();
  }

  /** The next `size` bytes, fewer where the output ends. One member at a time. */
  async *next(size: number): AsyncGenerator<Buffer, void> {
    for (let left = size; left > 0; ) {
      if (this.held.length === 0 && !(await this.more())) return;
      const part = this.held.subarray(0, left);
      this.held = this.held.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  /** Whether anything is left; reads on to know. */
  async isOver(): Promise<boolean> {
    return this.held.length === 0 && !(await this.more());
  }

  private async more(): Promise<boolean> {
    const next = await this.chunks.next();
    if (next.done === true) return false;
    this.held = next.value;
    this.received += next.value.length;
    return true;
  }
}
