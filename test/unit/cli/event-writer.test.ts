import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { EventWriter } from '../../../src-main/cli/event-writer';

/** A reader that takes nothing until it is told to. */
class SlowReader extends Writable {
  readonly taken: string[] = [];
  private held: (() => void)[] = [];
  private awake = false;

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.taken.push(chunk.toString());
    if (this.awake) done();
    else this.held.push(done);
  }

  wake(): void {
    this.awake = true;
    for (const done of this.held.splice(0)) done();
  }

  events(): Record<string, unknown>[] {
    return this.taken
      .join('')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  }
}

const LARGE = { event: 'item', text: 'x'.repeat(1024 * 1024) };

describe('EventWriter', () => {
  it('keeps every event in order for a reader that is slow', async () => {
    const reader = new SlowReader();
    const writer = new EventWriter(reader);
    for (let number = 0; number < 2000; number += 1) writer.write({ event: 'item', number });
    reader.wake();
    expect(await writer.flush()).toBe(true);
    expect(reader.events().map(({ number }) => number)).toEqual(Array.from({ length: 2000 }, (_, number) => number));
  });

  it('leaves out and counts what a reader that takes nothing has no room for', async () => {
    const reader = new SlowReader();
    const writer = new EventWriter(reader);
    for (let number = 0; number < 50; number += 1) writer.write(LARGE);
    expect(reader.writableLength).toBeLessThan(34 * 1024 * 1024);
    expect(await writer.flush(40)).toBe(false);
    reader.wake();
    await writer.flush();
    writer.write({ event: 'stopped' });
    await writer.flush();
    const [leftOut, stopped] = reader.events().slice(-2);
    expect(leftOut).toEqual({ event: 'left-out', count: 52 - reader.events().length });
    expect(stopped).toEqual({ event: 'stopped' });
  });

  it('goes on when its reader is gone', async () => {
    const reader = new SlowReader();
    const writer = new EventWriter(reader);
    reader.destroy(new Error('EPIPE'));
    await new Promise((resolve) => setImmediate(resolve));
    writer.write({ event: 'item' });
    expect(await writer.flush()).toBe(true);
  });
});
