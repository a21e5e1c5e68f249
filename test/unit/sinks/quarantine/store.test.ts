import { randomBytes, randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
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
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { PARTIAL_PREFIX } from '../../../../src-main/base/atomic-file';
import { CartWorker } from '../../../../src-main/sinks/cart/worker-client';
import { QuarantineStore } from '../../../../src-main/sinks/quarantine/store';
import { tempFolder } from '../../../support/temp-folder';
import { codeOf, sha256 } from '../outgoing';

const cart = new CartWorker();
afterAll(() => cart.close());

let root: string;
let staging: string;
let store: QuarantineStore;
beforeEach(() => {
  root = join(tempFolder(), 'quarantine');
  staging = tempFolder();
  store = new QuarantineStore(root, cart);
});

/** A staged file as the pipeline hands it over. */
function staged(name: string | Buffer, bytes: Buffer, change: { itemKey?: string; submission?: string } = {}) {
  const path = join(staging, randomUUID());
  writeFileSync(path, bytes);
  const fileName = Buffer.from(name);
  const itemKey = change.itemKey ?? '7';
  return {
    path,
    submission: change.submission ?? 'guid',
    fileName,
    relativePath: fileName,
    itemKey,
    hashes: { sha256: sha256(bytes) },
  };
}

function namesIn(submission = 'guid'): string[] {
  return readdirSync(join(root, submission), { encoding: 'latin1' }).sort();
}

test('a file is kept defanged, read-only and private, and its report beside it', async () => {
  const file = staged('a.pdf', Buffer.from('evil bytes'));
  const { location } = await store.put(file);
  expect(location.toString()).toBe(join(root, 'guid', 'a.pdf.cart'));
  expect(statSync(location).mode & 0o777).toBe(0o400);
  expect(statSync(join(root, 'guid')).mode & 0o777).toBe(0o700);
  expect(readFileSync(location).includes('evil')).toBe(false);
  expect(existsSync(file.path)).toBe(true);
  const report = await store.writeSidecar(location, [JSON.stringify({ verdict: 'infected' })]);
  expect(report.toString()).toBe(join(root, 'guid', 'a.pdf.report.json'));
  expect(statSync(report).mode & 0o777).toBe(0o400);
  await store.writeSidecar(location, [JSON.stringify({ verdict: 'suspicious' })]);
  expect(JSON.parse(readFileSync(report, 'utf8'))).toEqual({ verdict: 'suspicious' });
  expect(readdirSync(root)).toEqual(['guid']);
});

test('putting twice is putting once, also by a store that was started anew', async () => {
  const file = staged('a.pdf', Buffer.from('evil'));
  const { location } = await store.put(file);
  const again = await new QuarantineStore(root, cart).put(file);
  expect(again.location).toEqual(location);
  await Promise.all([store.put(file), store.put(file)]);
  expect(namesIn()).toEqual(['a.pdf.cart']);
});

test('files of one name never meet: the later ones get the number of their item', async () => {
  const first = staged('a.pdf', Buffer.from('one'), { itemKey: '1' });
  const second = staged('a.pdf', Buffer.from('two'), { itemKey: '2' });
  const third = staged('a.pdf', Buffer.from('two'), { itemKey: '3' });
  for (const file of [first, second, third]) await store.put(file);
  const places = await Promise.all([first, second, third].map((file) => store.put(file)));
  expect(namesIn()).toEqual(['a (2).pdf.cart', 'a (3).pdf.cart', 'a.pdf.cart']);
  expect((await store.verify(places[1]?.location ?? Buffer.alloc(0))).sha256).toBe(second.hashes.sha256);
});

test('a file that was named like a numbered one takes nobody else a place', async () => {
  await store.put(staged('a (2).pdf', Buffer.from('sly'), { itemKey: '9' }));
  await store.put(staged('a.pdf', Buffer.from('one'), { itemKey: '1' }));
  const { location } = await store.put(staged('a.pdf', Buffer.from('two'), { itemKey: '2' }));
  expect(location.toString()).toBe(join(root, 'guid', 'a (2-2).pdf.cart'));
  expect(namesIn()).toHaveLength(3);
});

test('hundreds of files of one name at once all find a place', async () => {
  const files = Array.from({ length: 300 }, (_, index) =>
    staged('same', Buffer.from(`${index}`), { itemKey: `${index}` }),
  );
  const places = await Promise.all(files.map((file) => store.put(file)));
  expect(new Set(places.map(({ location }) => location.toString())).size).toBe(300);
  expect(namesIn()).toHaveLength(300);
});

describe('names', () => {
  test.each([
    ['newline', Buffer.from('a\nb')],
    ['right-to-left override', Buffer.from('a\u202efdp.exe')],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x2e, 0x80])],
    ['255 bytes', Buffer.from(`${'é'.repeat(127)}x`)],
    ['leading dash', Buffer.from('-rf')],
    ['a dot', Buffer.from('.')],
    ['two dots', Buffer.from('..')],
    ['empty', Buffer.alloc(0)],
    ['like a half-made file', Buffer.from(`${PARTIAL_PREFIX}0123456789abcdef`)],
    ['like a report', Buffer.from('a.pdf.report.json')],
  ])('%s is kept, restored and removed', async (_, name) => {
    const bytes = randomBytes(100);
    const { location } = await store.put(staged(name, bytes));
    const report = await store.writeSidecar(location, [JSON.stringify({})]);
    await store.sweep();
    if (name.length < 240) expect(namesIn()).toContain(`${name.toString('latin1')}.cart`);
    for (const kept of namesIn()) expect(kept.length).toBeLessThanOrEqual(255);
    const to = join(staging, 'restored');
    await store.restore(location, { to, expectedSha256: sha256(bytes) });
    expect(readFileSync(to)).toEqual(bytes);
    await store.remove(location, report);
    expect(existsSync(join(root, 'guid'))).toBe(false);
  });

  test('two long names that begin alike are two files with two reports', async () => {
    const long = 'x'.repeat(250);
    const places = [
      await store.put(staged(`${long}1`, Buffer.from('1'), { itemKey: '1' })),
      await store.put(staged(`${long}2`, Buffer.from('2'), { itemKey: '2' })),
    ];
    const reports = places.map(({ location }) => store.reportPath(location).toString());
    expect(new Set([...reports, ...places.map(({ location }) => location.toString())]).size).toBe(4);
  });

  test('a name with a slash, and a submission that is a path, stay inside', async () => {
    const { location } = await store.put(staged('../../x', Buffer.from('1')));
    expect(location.toString()).toBe(join(root, 'guid', '.._.._x.cart'));
    expect(await codeOf(store.put(staged('x', Buffer.from('1'), { submission: '../up' })))).toBe('SINK_REFUSED');
  });
});

test('reports of items without bytes and reports of files do not meet', async () => {
  const lost = staged('a.pdf', Buffer.from('x'), { itemKey: '5' });
  const report = await store.reportPathWithoutBytes(lost);
  expect(report.toString()).toBe(join(root, 'guid', 'a (5).pdf.report.json'));
  await store.writeReport(report, [JSON.stringify({ of: 'lost' })]);
  const { location } = await store.put(staged('a (5).pdf', Buffer.from('sly'), { itemKey: '6' }));
  await store.writeSidecar(location, [JSON.stringify({ of: 'sly' })]);
  expect(JSON.parse(readFileSync(report, 'utf8'))).toEqual({ of: 'lost' });
  await store.put(staged('b (8)', Buffer.from('sly'), { itemKey: '6' }));
  const other = await store.reportPathWithoutBytes(staged('b', Buffer.from('x'), { itemKey: '8' }));
  expect(other.toString()).toBe(join(root, 'guid', 'b (8-2).report.json'));
});

test('staged bytes that are not the scanned ones are never kept as those', async () => {
  const file = staged('a', Buffer.from('scanned'));
  writeFileSync(file.path, 'changed');
  expect(await codeOf(store.put(file))).toBe('INTEGRITY');
  rmSync(file.path);
  expect(await codeOf(store.put(file))).toBe('INTEGRITY');
  symlinkSync('/etc/hostname', file.path);
  expect(await codeOf(store.put(file))).toMatch(/INTEGRITY|SINK_REFUSED/);
  expect(readdirSync(root)).toEqual(['guid']);
  expect(namesIn()).toEqual([]);
});

describe('restore', () => {
  test('verifies, never overwrites, and leaves nothing half-made', async () => {
    const bytes = randomBytes(300_000);
    const { location } = await store.put(staged('a', bytes));
    const folder = tempFolder();
    const to = join(folder, 'b\nc');
    await store.restore(location, { to, expectedSha256: sha256(bytes) });
    expect(statSync(to).mode & 0o777).toBe(0o600);
    await expect(store.restore(location, { to, expectedSha256: sha256(bytes) })).rejects.toThrow(`${folder}/b\\nc`);
    expect(await codeOf(store.restore(location, { to, expectedSha256: sha256(bytes) }))).toBe('ALREADY_EXISTS');
    const other = { to: join(folder, 'd'), expectedSha256: sha256(Buffer.from('x')) };
    expect(await codeOf(store.restore(location, other))).toBe('INTEGRITY');
    symlinkSync('/nowhere', join(folder, 'link'));
    const link = { to: join(folder, 'link'), expectedSha256: sha256(bytes) };
    expect(await codeOf(store.restore(location, link))).toBe('ALREADY_EXISTS');
    const nowhere = { to: join(folder, 'no', 'folder'), expectedSha256: sha256(bytes) };
    expect(await codeOf(store.restore(location, nowhere))).toBe('SINK_UNAVAILABLE');
    expect(readdirSync(folder).sort()).toEqual(['b\nc', 'link']);
  });

  test('what is not there is not found', async () => {
    const gone = Buffer.from(join(root, 'guid', 'x.cart'));
    expect(await codeOf(store.restore(gone, { to: join(staging, 'x'), expectedSha256: '' }))).toBe('NOT_FOUND');
    expect(await codeOf(store.verify(gone))).toBe('NOT_FOUND');
    expect(await codeOf(store.exportZip(gone, join(staging, 'x.zip'), {}))).toBe('NOT_FOUND');
    await store.remove(gone);
  });
});

test('a changed byte of a kept file is found by verify, or changes nothing: unused bits of the packed data', async () => {
  const { location } = await store.put(staged('a', Buffer.from('hello')));
  const footer = await store.verify(location);
  expect(footer.length).toBe('5');
  const good = readFileSync(location);
  const dataAt = 38 + Number(good.readBigUInt64LE(30));
  const dataEnd = Number(good.readBigUInt64LE(good.length - 16));
  chmodSync(location, 0o600);
  for (let at = 0; at < good.length; at += 1) {
    const bad = Buffer.from(good);
    bad[at] = (bad[at] ?? 0) ^ 0x20;
    writeFileSync(location, bad);
    const outcome = await store.verify(location).catch((error: unknown) => error);
    if (at >= dataAt && at < dataEnd && !(outcome instanceof Error)) expect(outcome).toEqual(footer);
    else expect([at, outcome]).toMatchObject([at, { code: 'INTEGRITY' }]);
  }
});

test('a damaged file in its place is not taken for the item: it is kept anew', async () => {
  const file = staged('a', Buffer.from('hello'), { itemKey: '3' });
  mkdirSync(join(root, 'guid'), { recursive: true });
  writeFileSync(join(root, 'guid', 'a.cart'), 'CART but torn');
  const { location } = await store.put(file);
  expect(location.toString()).toBe(join(root, 'guid', 'a (3).cart'));
  expect((await store.verify(location)).sha256).toBe(file.hashes.sha256);
});

test('a sweep removes old half-made files only', async () => {
  const { location } = await store.put(staged('a', Buffer.from('1')));
  const names = ['0000000000000000', '0000000000000001'].map((hex) => join(root, PARTIAL_PREFIX + hex));
  for (const name of [...names, join(root, `${PARTIAL_PREFIX}other`)]) writeFileSync(name, 'x');
  for (const name of [names[0] ?? '', join(root, `${PARTIAL_PREFIX}other`)]) utimesSync(name, 1000, 1000);
  expect(await store.sweep()).toEqual({ removed: 1 });
  expect(names.map((name) => existsSync(name))).toEqual([false, true]);
  expect(existsSync(location)).toBe(true);
  expect(await new QuarantineStore(join(root, 'nowhere'), cart).sweep()).toEqual({ removed: 0 });
});

test('a quarantine that cannot be written is unavailable, and the next step is told', async () => {
  writeFileSync(root, 'a file in its place');
  const outcome = await store.put(staged('a', Buffer.from('1'))).catch((error: unknown) => error);
  expect(outcome).toMatchObject({ code: 'SINK_REFUSED' });
  expect(String(outcome)).toContain(root);
});
