import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sink } from '../../src-main/sinks/sink';
import { tempFolder } from '../support/temp-folder';
import { codeOf, never, outgoing, sha256 } from '../unit/sinks/outgoing';

/** A destination under test, seen from outside the sink. Paths are those below the destination: `<submission>/<path>`, as bytes. */
export interface SinkWorld {
  readonly sink: Sink;
  /** Bytes at a path, or null. */
  read(path: Buffer): Promise<Buffer | null>;
  /** Everything that is published, however it is called. */
  count(): Promise<number>;
  /** Puts other content there, as another program would. */
  plant(path: Buffer, bytes: Buffer): Promise<void>;
  /** Metadata beside an object; null where the kind of destination has none. */
  metadata(path: Buffer): Promise<Record<string, string> | null>;
  /** Makes the destination unreachable. */
  takeDown(): Promise<void>;
  /** Leaves a half-made thing as a dead engine of this data folder would, and one of somebody else. */
  leaveHalves(): Promise<void>;
  /** How many halves there are now, whoever made them. */
  halves(): Promise<number>;
  close(): Promise<void>;
}

const MIB = 1024 ** 2;

function placeOf(item: { submission: string; relativePath: Uint8Array }): Buffer {
  return Buffer.concat([Buffer.from(`${item.submission}/`), item.relativePath]);
}

const HOSTILE_NAMES: readonly [string, Buffer][] = [
  ['a newline', Buffer.from('a\nb.txt')],
  ['a right-to-left override', Buffer.from('invoice\u202efdp.exe')],
  ['bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0xfe, 0x25, 0x2e, 0x64])],
  ['255 bytes', Buffer.from(`${'x'.repeat(251)}.txt`)],
  ['a leading dash', Buffer.from('-rf')],
  ['leading dots', Buffer.from('...')],
  ['the look of a half-made file', Buffer.from('.dropgate-partial-0123456789abcdef')],
];

const REFUSED_PATHS: readonly [string, Buffer][] = [
  ['going up', Buffer.from('../x')],
  ['going up inside', Buffer.from('a/../../x')],
  ['absolute', Buffer.from('/etc/x')],
  ['empty', Buffer.from('')],
  ['with an empty name', Buffer.from('a//b')],
  ['ending in a slash', Buffer.from('a/')],
  ['only a dot', Buffer.from('.')],
  ['with a NUL', Buffer.from('a\0b')],
];

/** What every sink promises. `setup` makes a fresh, empty destination for each test. */
export function sinkConformance(name: string, setup: () => Promise<SinkWorld>): void {
  describe(`every sink: ${name}`, () => {
    let world: SinkWorld;
    beforeEach(async () => {
      world = await setup();
    });
    afterEach(() => world.close());

    test.each([
      ['empty', 0],
      ['small', 1000],
      ['20 MiB', 20 * MIB],
    ])('a file arrives with every byte, where it was said to (%s)', async (_, size) => {
      const bytes = randomBytes(size);
      const item = outgoing(tempFolder(), bytes);
      const { location } = await world.sink.put(item, never);
      const arrived = await world.read(placeOf(item));
      expect(arrived === null ? null : sha256(arrived)).toBe(item.hashes.sha256);
      expect(Buffer.from(location).toString()).toMatch(new RegExp(`^(/|s3://).*${item.submission}/docs/a\\.pdf$`));
      const metadata = await world.metadata(placeOf(item));
      if (metadata === null) return;
      expect(metadata).toMatchObject({
        'dropgate-sha256': item.hashes.sha256,
        'dropgate-verdict': 'clean',
        'dropgate-submission': item.submission,
        'dropgate-probes': 'clamav/1.4.6, yara/1.7.1',
      });
    });

    test('putting twice is putting once', async () => {
      const item = outgoing(tempFolder(), randomBytes(5000));
      const first = await world.sink.put(item, never);
      const second = await world.sink.put(item, never);
      expect(Buffer.from(second.location)).toEqual(Buffer.from(first.location));
      expect(await world.count()).toBe(1);
    });

    test('many files of one submission at once all arrive', async () => {
      const folder = tempFolder();
      const items = Array.from({ length: 60 }, (_, index) =>
        outgoing(folder, randomBytes(200), {
          submission: 'one',
          relativePath: Buffer.from(`deep/er/${index % 7}/${index}`),
        }),
      );
      await Promise.all(items.map((item) => world.sink.put(item, never)));
      expect(await world.count()).toBe(60);
    });

    test.each([
      ['small', 4],
      ['large', 12 * MIB],
    ])('other content in its place is refused and stays as it is (%s)', async (_, size) => {
      const item = outgoing(tempFolder(), Buffer.alloc(size, 'n'));
      const old = Buffer.from('olds');
      await world.plant(placeOf(item), old);
      expect(await codeOf(world.sink.put(item, never))).toBe('SINK_REFUSED');
      expect(await world.read(placeOf(item))).toEqual(old);
      expect(await world.halves()).toBe(0);
    });

    test.each([
      ['small', 1000],
      ['large', 20 * MIB],
    ])('staged bytes that are not the scanned ones are never published (%s)', async (_, size) => {
      const item = outgoing(tempFolder(), randomBytes(size));
      for (const changed of [randomBytes(size), randomBytes(size - 1), randomBytes(size + 1)]) {
        writeFileSync(item.path, changed);
        expect(await codeOf(world.sink.put(item, never))).toBe('INTEGRITY');
      }
      rmSync(item.path);
      expect(await codeOf(world.sink.put(item, never))).toBe('INTEGRITY');
      expect(await world.count()).toBe(0);
      expect(await world.halves()).toBe(0);
    });

    test('an abort in the middle leaves nothing', async () => {
      const item = outgoing(tempFolder(), randomBytes(60 * MIB));
      const abort = new AbortController();
      const put = world.sink.put(item, abort.signal);
      setTimeout(() => abort.abort(new Error('enough')), 5);
      await expect(put).rejects.toThrow('enough');
      expect(await world.count()).toBe(0);
      expect(await world.halves()).toBe(0);
      await world.sink.put(item, never);
      expect(await world.count()).toBe(1);
    });

    test('an abort before the beginning does nothing', async () => {
      const item = outgoing(tempFolder(), randomBytes(10));
      await expect(world.sink.put(item, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
      expect(await world.count()).toBe(0);
    });

    test.each(HOSTILE_NAMES)('a name with %s arrives', async (_, relativePath) => {
      const item = outgoing(tempFolder(), randomBytes(100), { relativePath });
      await world.sink.put(item, never);
      expect(sha256((await world.read(placeOf(item))) ?? Buffer.alloc(0))).toBe(item.hashes.sha256);
      await world.sink.sweep(never);
      expect(await world.count()).toBe(1);
    });

    test.each(REFUSED_PATHS)('a path %s is refused', async (_, relativePath) => {
      const item = outgoing(tempFolder(), randomBytes(100), { relativePath });
      expect(await codeOf(world.sink.put(item, never))).toBe('SINK_REFUSED');
      expect(await world.count()).toBe(0);
    });

    test('a submission that is a path is refused', async () => {
      const item = outgoing(tempFolder(), randomBytes(100), { submission: '../elsewhere' });
      expect(await codeOf(world.sink.put(item, never))).toBe('SINK_REFUSED');
    });

    test('a destination that is away is unavailable, and says so when asked', async () => {
      expect(await world.sink.describe(never)).toMatchObject({ state: 'ready', problem: null });
      await world.takeDown();
      for (const size of [100, 20 * MIB]) {
        expect(await codeOf(world.sink.put(outgoing(tempFolder(), randomBytes(size)), never))).toBe('SINK_UNAVAILABLE');
      }
      const health = await world.sink.describe(never);
      expect(health.state).toBe('not_ready');
      expect(health.problem).not.toBe(null);
    });

    test('a sweep removes what a dead engine of ours left, and nothing else', async () => {
      const item = outgoing(tempFolder(), randomBytes(100));
      await world.sink.put(item, never);
      await world.leaveHalves();
      expect(await world.halves()).toBe(2);
      expect(await world.sink.sweep(never)).toEqual({ removed: 1 });
      expect(await world.halves()).toBe(1);
      expect(await world.sink.sweep(never)).toEqual({ removed: 0 });
      expect(await world.count()).toBe(1);
    });
  });
}
