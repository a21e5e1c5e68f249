import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { PARTIAL_PREFIX } from '../../../../src-main/base/atomic-file';
import { HeldStore } from '../../../../src-main/sinks/held/store';
import { tempFolder } from '../../../support/temp-folder';

const SUBMISSION = '3f0e9a52-6a39-4d13-8b0f-1a9d6cf2c111';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let root: string;
let staging: string;
let store: HeldStore;

beforeEach(() => {
  const folder = tempFolder();
  root = join(folder, 'held');
  staging = join(folder, 'staging');
  mkdirSync(root);
  mkdirSync(staging);
  store = new HeldStore(root);
});

/** An item with staged bytes of its own. */
function staged(fileName: string | Uint8Array, itemKey: string, text = `bytes of ${itemKey}`) {
  const path = join(staging, `item-${itemKey}`);
  writeFileSync(path, text);
  return { submission: SUBMISSION, fileName: Buffer.from(fileName), itemKey, path };
}

const held = () => readdirSync(join(root, SUBMISSION)).sort();
const nameOf = (location: Uint8Array) => Buffer.from(location).toString('utf8').split('/').at(-1);

describe('put', () => {
  it('finds by its hash what it kept before where the staged bytes are gone, and nothing else', async () => {
    const item = staged('a.txt', '1');
    const hashes = { sha256: sha256('bytes of 1') };
    const { location } = await store.put({ ...item, hashes });
    rmSync(item.path);
    expect(await store.put({ ...item, hashes })).toEqual({ location });
    const other = { ...item, hashes: { sha256: sha256('other bytes') } };
    await expect(store.put(other)).rejects.toMatchObject({ code: 'INTEGRITY' });
  });

  it('keeps the bytes under their own name for the owner alone, and leaves the staged ones', async () => {
    const item = staged('a.txt', '1');
    const { location } = await store.put(item);
    expect(location.toString()).toBe(join(root, SUBMISSION, 'a.txt'));
    expect(readFileSync(location, 'utf8')).toBe('bytes of 1');
    expect(statSync(location).mode & 0o777).toBe(0o400);
    expect(statSync(join(root, SUBMISSION)).mode & 0o777).toBe(0o700);
    expect(readFileSync(item.path, 'utf8')).toBe('bytes of 1');
  });

  it('finds the same item again', async () => {
    const item = staged('a.txt', '1');
    expect(await store.put(item)).toEqual(await store.put(item));
    expect(held()).toEqual(['a.txt']);
  });

  it('gives files of one name a number each, and finds each again', async () => {
    const items = ['1', '2', '3'].map((key) => staged('a.txt', key));
    for (const _time of [1, 2]) {
      const names: unknown[] = [];
      for (const item of items) names.push(nameOf((await store.put(item)).location));
      expect(names).toEqual(['a.txt', 'a (2).txt', 'a (3).txt']);
    }
    expect(
      items.map((_item, index) => readFileSync(join(root, SUBMISSION, held()[index] ?? ''), 'utf8')).sort(),
    ).toEqual(['bytes of 1', 'bytes of 2', 'bytes of 3']);
  });

  it('keeps files that are called like reports away from the reports of others', async () => {
    const { location } = await store.put(staged('a.txt', '1'));
    await store.writeReport(store.reportPath(location), [JSON.stringify({ report: 'of 1' })]);
    const other = await store.put(staged('a.txt.report.json', '2', 'hostile'));
    expect(nameOf(other.location)).toBe('a.txt.report (2).json');
    await store.writeReport(store.reportPath(other.location), [JSON.stringify({ report: 'of 2' })]);
    expect(held()).toEqual([
      'a.txt',
      'a.txt.report (2).json',
      'a.txt.report (2).json.report.json',
      'a.txt.report.json',
    ]);
    expect(readFileSync(join(root, SUBMISSION, 'a.txt.report.json'), 'utf8')).toContain('of 1');
  });

  it('keeps such a file away also when it comes first', async () => {
    const first = await store.put(staged('a.txt.report.json', '2', 'hostile'));
    const second = await store.put(staged('a.txt', '1'));
    await store.writeReport(store.reportPath(second.location), [JSON.stringify({ report: 'of 1' })]);
    expect(readFileSync(first.location, 'utf8')).toBe('hostile');
  });

  it.each([
    ['255 bytes', Buffer.alloc(255, 'x')],
    ['255 bytes of characters of several', Buffer.from('é'.repeat(127))],
    ['bytes that are no UTF-8', Buffer.from([0xff, 0x0a, 0x2d])],
    ['a leading dash', Buffer.from('-rf')],
    ['a right-to-left override', Buffer.from('a\u202efdp.exe')],
    ['two dots', Buffer.from('..')],
    ['one dot', Buffer.from('.')],
  ])('takes a name of %s, and its report beside it', async (_what, name) => {
    const { location } = await store.put(staged(name, '1'));
    expect(readFileSync(location, 'utf8')).toBe('bytes of 1');
    const report = store.reportPath(location);
    await store.writeReport(report, [JSON.stringify({ fine: true })]);
    expect(JSON.parse(readFileSync(report, 'utf8'))).toEqual({ fine: true });
    expect(readdirSync(root)).toEqual([SUBMISSION]);
    expect(held()).toHaveLength(2);
  });

  it('keeps long names of which only the end differs apart, with their reports', async () => {
    const long = (last: string) => `${'x'.repeat(254)}${last}`;
    for (const last of ['a', 'b']) {
      const { location } = await store.put(staged(long(last), last));
      await store.writeReport(store.reportPath(location), [JSON.stringify({ last })]);
    }
    expect(held()).toHaveLength(4);
  });

  it('refuses when other files have all its names', async () => {
    mkdirSync(join(root, SUBMISSION));
    for (const name of ['a.txt', 'a (1).txt']) writeFileSync(join(root, SUBMISSION, name), 'other');
    await expect(store.put(staged('a.txt', '1'))).rejects.toMatchObject({ code: 'SINK_REFUSED' });
  });

  it('never writes through a link that stands in its place', async () => {
    const victim = join(staging, 'victim');
    writeFileSync(victim, 'precious');
    mkdirSync(join(root, SUBMISSION));
    symlinkSync(victim, join(root, SUBMISSION, 'a.txt'));
    const { location } = await store.put(staged('a.txt', '1'));
    expect(nameOf(location)).toBe('a (1).txt');
    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });

  it('rejects when there are no staged bytes', async () => {
    const item = staged('a.txt', '1');
    rmSync(item.path);
    await expect(store.put(item)).rejects.toMatchObject({ code: 'INTEGRITY' });
  });
});

describe('reports', () => {
  it('are replaced whole, read-only for the owner', async () => {
    const { location } = await store.put(staged('a.txt', '1'));
    const path = store.reportPath(location);
    for (const version of [1, 2]) await store.writeReport(path, [JSON.stringify({ version })]);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ version: 2 });
    expect(statSync(path).mode & 0o777).toBe(0o400);
  });

  it('of items without bytes carry the number of their item', async () => {
    const item = (itemKey: string) => ({ submission: SUBMISSION, fileName: Buffer.from('a.txt'), itemKey });
    const paths = await Promise.all(['1', '2'].map((key) => store.reportPathWithoutBytes(item(key))));
    expect(paths.map(nameOf)).toEqual(['a (1).txt.report.json', 'a (2).txt.report.json']);
    expect(await store.reportPathWithoutBytes(item('1'))).toEqual(paths[0]);
  });
});

describe('remove', () => {
  it('removes file and report, then the folder that is empty', async () => {
    const { location } = await store.put(staged('a.txt', '1'));
    const report = store.reportPath(location);
    await store.writeReport(report, [JSON.stringify({})]);
    const other = await store.put(staged('b.txt', '2'));
    await store.remove(location, report);
    expect(held()).toEqual(['b.txt']);
    await store.remove(other.location, null);
    expect(readdirSync(root)).toEqual([]);
  });

  it('is done when nothing is there', async () => {
    const nowhere = Buffer.from(join(root, SUBMISSION, 'a.txt'));
    await expect(store.remove(nowhere, null)).resolves.toBeUndefined();
    await expect(store.remove(null, null)).resolves.toBeUndefined();
  });
});

describe('restore and verify', () => {
  it('give the bytes back under another name, proven by their hash', async () => {
    const { location } = await store.put(staged('a.txt', '1', 'text'));
    await store.verify(location, sha256('text'));
    const to = join(staging, 'restored.txt');
    await store.restore(location, { to, expectedSha256: sha256('text') });
    expect(readFileSync(to, 'utf8')).toBe('text');
    expect(statSync(to).mode & 0o777).toBe(0o600);
  });

  it('never overwrite', async () => {
    const { location } = await store.put(staged('a.txt', '1', 'text'));
    const to = join(staging, 'there');
    writeFileSync(to, 'older');
    const restored = store.restore(location, { to, expectedSha256: sha256('text') });
    await expect(restored).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(readFileSync(to, 'utf8')).toBe('older');
  });

  it('refuse bytes that are others, and leave nothing of them', async () => {
    const { location } = await store.put(staged('a.txt', '1', 'text'));
    const to = join(staging, 'restored.txt');
    const before = readdirSync(staging);
    const options = { to, expectedSha256: sha256('other') };
    await expect(store.restore(location, options)).rejects.toMatchObject({ code: 'INTEGRITY' });
    await expect(store.verify(location, sha256('other'))).rejects.toMatchObject({ code: 'INTEGRITY' });
    expect(readdirSync(staging)).toEqual(before);
  });

  it('say when the bytes are gone, and follow no link', async () => {
    const location = Buffer.from(join(root, 'gone'));
    await expect(store.verify(location, sha256(''))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    writeFileSync(join(staging, 'secret'), 'text');
    symlinkSync(join(staging, 'secret'), location);
    await expect(store.verify(location, sha256('text'))).rejects.toThrow();
  });
});

describe('sweep', () => {
  it('removes what was left half-made and nothing else', async () => {
    await store.put(staged('a.txt', '1'));
    const half = join(root, `${PARTIAL_PREFIX}0123456789abcdef`);
    writeFileSync(half, 'half');
    utimesSync(half, 0, 0);
    expect(await store.sweep()).toEqual({ removed: 1 });
    expect(readdirSync(root)).toEqual([SUBMISSION]);
    expect(held()).toEqual(['a.txt']);
  });

  it('removes what was left before the clock was set back, and leaves what is new', async () => {
    const [left, fresh] = ['0', '1'].map((digit) => join(root, `${PARTIAL_PREFIX}${digit.repeat(16)}`));
    for (const path of [left, fresh]) writeFileSync(path ?? '', 'half');
    const future = Date.now() / 1000 + 86_400;
    utimesSync(left ?? '', future, future);
    expect(await store.sweep()).toEqual({ removed: 1 });
    expect(readdirSync(root)).toEqual([`${PARTIAL_PREFIX}${'1'.repeat(16)}`]);
  });

  it('never takes a held file for a half-made one, whatever its name', async () => {
    const name = `${PARTIAL_PREFIX}0123456789abcdef`;
    const { location } = await store.put(staged(name, '1'));
    utimesSync(location, 0, 0);
    await store.sweep();
    expect(readFileSync(location, 'utf8')).toBe('bytes of 1');
  });
});
