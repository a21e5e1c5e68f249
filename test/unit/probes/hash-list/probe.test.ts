import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Hashes } from '../../../../src-main/contract/item';
import type { ProbeReport } from '../../../../src-main/contract/probe-report';
import { limitsSchema } from '../../../../src-main/contract/settings';
import { createHashListProbe } from '../../../../src-main/probes/hash-list/probe';
import type { Probe, StagedItem } from '../../../../src-main/probes/probe';
import { tempFolder } from '../../../support/temp-folder';

const never = new AbortController().signal;
const context = {
  limits: limitsSchema.parse({}),
  passwords: [],
  begins: () => undefined,
  addChild: () => Promise.resolve(),
  isOverLimit: () => false,
};
const hex = (bytes: number) => randomBytes(bytes).toString('hex');

/** A folder with lists in it, and probes over them that are closed after the test. */
class Place {
  readonly folder = tempFolder();
  readonly indexDir = join(this.folder, 'indexes');

  list(name: string, content: string | Buffer): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  probe(lists: { deny?: string[]; allow?: string[] }): Probe {
    const probe = createHashListProbe({ deny: [], allow: [], ...lists }, { indexDir: this.indexDir });
    afterEach(() => probe.close());
    return probe;
  }

  item(hashes: Partial<Hashes>): StagedItem {
    const path = join(this.folder, 'item');
    writeFileSync(path, 'x');
    const all = { sha256: hex(32), sha1: hex(20), md5: hex(16), ...hashes };
    return { path, name: Buffer.from('item'), size: 1, hashes: all, type: null };
  }

  indexes(): string[] {
    return readdirSync(join(this.indexDir, 'hash-lists')).sort();
  }

  scan(probe: Probe, hashes: Partial<Hashes>): Promise<ProbeReport> {
    return probe.scan(this.item(hashes), context, never);
  }
}

test('without lists it is ready, knows its built-in entry alone, and needs no further hashes', async () => {
  const place = new Place();
  const probe = place.probe({});
  expect(await probe.describe(never)).toMatchObject({ state: 'ready', signatures: 1, databaseDate: null });
  expect(probe.manifest.needs.allHashes).toBe(false);
  const report = await place.scan(probe, { sha1: null, md5: null });
  expect(report).toMatchObject({ statement: 'nothing_found', coverage: { kind: 'complete' } });
});

test('a file of a deny list is malicious, and the finding names the list, the line and the listed name', async () => {
  const place = new Place();
  const [sha256, md5] = [hex(32), hex(16)];
  const deny = place.list('bad.txt', `# bad\n${sha256}  evil\u202e.exe\n${md5}\n`);
  const probe = place.probe({ deny: [deny] });
  expect(await probe.describe(never)).toMatchObject({ state: 'ready', signatures: 3 });
  expect(await place.scan(probe, { sha256 })).toMatchObject({
    statement: 'found',
    findings: [
      {
        probe: 'hash-list',
        name: 'deny-list:evil\\u{202e}.exe',
        severity: 'malicious',
        category: 'hash',
        evidence: `SHA-256 ${sha256} is on the deny list ${deny}, line 2`,
        guidance: ['denied-file'],
      },
    ],
  });
  expect((await place.scan(probe, { md5 })).findings).toMatchObject([{ name: `deny-list:${md5.slice(0, 12)}` }]);
  expect((await place.scan(probe, {})).statement).toBe('nothing_found');
});

test('a file of an allow list is found as info; one on both lists has both findings', async () => {
  const place = new Place();
  const [good, both] = [hex(20), hex(32)];
  const probe = place.probe({ deny: [place.list('d', both)], allow: [place.list('a', `${good}\n${both}`)] });
  const allowed = await place.scan(probe, { sha1: good });
  expect(allowed.findings).toMatchObject([{ severity: 'info', category: 'allow', guidance: [] }]);
  expect(allowed.findings[0]?.name).toBe(`allow-list:${good.slice(0, 12)}`);
  expect((await place.scan(probe, { sha256: both })).findings.map(({ category }) => category)).toEqual([
    'hash',
    'allow',
  ]);
});

test('an item without a hash that a list needs is an error, never clean; sha256 alone is enough for sha256 lists', async () => {
  const place = new Place();
  const md5s = place.probe({ allow: [place.list('md5', hex(16))] });
  expect(md5s.manifest.needs.allHashes).toBe(true);
  await md5s.describe(never);
  expect(md5s.manifest.needs.allHashes).toBe(true);
  await expect(place.scan(md5s, { md5: null })).rejects.toMatchObject({ name: 'ProbeError', retryable: false });
  expect((await place.scan(md5s, { sha1: null })).statement).toBe('nothing_found');
  const sha256s = place.probe({ deny: [place.list('sha256', hex(32))] });
  await sha256s.describe(never);
  expect(sha256s.manifest.needs.allHashes).toBe(false);
  expect((await place.scan(sha256s, { md5: null, sha1: null })).statement).toBe('nothing_found');
});

test('a missing list makes it not ready by name, scans reject, and it is ready once the list is there', async () => {
  const place = new Place();
  const path = join(place.folder, 'later.txt');
  const probe = place.probe({ deny: [path] });
  const health = await probe.describe(never);
  expect(health).toMatchObject({ state: 'not_ready', problem: `deny list ${path} is missing` });
  await expect(place.scan(probe, {})).rejects.toMatchObject({ name: 'ProbeError', code: 'PROBE_UNAVAILABLE' });
  const sha256 = hex(32);
  place.list('later.txt', sha256);
  expect((await probe.describe(never)).state).toBe('ready');
  expect((await place.scan(probe, { sha256 })).statement).toBe('found');
});

test('a line without a hash makes it not ready, naming file, line and cause, until the list is mended', async () => {
  const place = new Place();
  const deny = place.list('bad.csv', `name,sha256\nx,${hex(32)}\ny,${hex(32).slice(1)}\n`);
  const probe = place.probe({ deny: [deny] });
  const { state, problem } = await probe.describe(never);
  expect(state).toBe('not_ready');
  expect(problem).toContain(`deny list ${deny}, line 3: 63 hexadecimal digits are no hash`);
  expect(await probe.describe(never)).toMatchObject({ problem });
  await expect(place.scan(probe, {})).rejects.toMatchObject({ code: 'PROBE_UNAVAILABLE' });
  place.list('bad.csv', `name,sha256\nx,${hex(32)}\n`);
  expect((await probe.describe(never)).state).toBe('ready');
});

test('a list that is a folder or a pipe is a problem and not a wait', async () => {
  const place = new Place();
  const [folder, pipe] = [join(place.folder, 'folder'), join(place.folder, 'pipe')];
  mkdirSync(folder);
  execFileSync('mkfifo', [pipe]);
  for (const path of [folder, pipe]) {
    const probe = place.probe({ deny: [path] });
    expect((await probe.describe(never)).problem).toContain('not a regular file');
  }
});

test('a changed list is read again, its version changes, and what it lost is no longer found', async () => {
  const place = new Place();
  const [first, second] = [hex(32), hex(32)];
  const deny = place.list('bad.txt', `${first}\n`);
  const probe = place.probe({ deny: [deny] });
  const before = await probe.describe(never);
  appendFileSync(deny, `${second}\n`);
  const after = await probe.describe(never);
  expect(after).toMatchObject({ state: 'ready', signatures: 3 });
  expect(after.databaseVersion).not.toBe(before.databaseVersion);
  const report = await place.scan(probe, { sha256: second });
  expect(report).toMatchObject({ statement: 'found', databaseVersion: after.databaseVersion });
  place.list('bad.txt', `${second}\n`);
  await probe.describe(never);
  expect((await place.scan(probe, { sha256: first })).statement).toBe('nothing_found');
  expect(place.indexes()).toHaveLength(1);
});

test('a list that vanishes takes the readiness with it', async () => {
  const place = new Place();
  const [kept, gone] = [place.list('kept', hex(32)), place.list('gone', hex(32))];
  const probe = place.probe({ deny: [kept, gone] });
  expect((await probe.describe(never)).state).toBe('ready');
  rmSync(gone);
  expect(await probe.describe(never)).toMatchObject({ state: 'not_ready', problem: `deny list ${gone} is missing` });
  await expect(place.scan(probe, {})).rejects.toMatchObject({ code: 'PROBE_UNAVAILABLE' });
});

test('the next start takes the index that is there; a damaged one is made anew', async () => {
  const place = new Place();
  const sha256 = hex(32);
  const deny = place.list('bad.txt', sha256);
  const first = place.probe({ deny: [deny] });
  await first.describe(never);
  await first.close();
  const [name] = place.indexes();
  const path = join(place.indexDir, 'hash-lists', name ?? '');
  const { ino } = statSync(path);
  const second = place.probe({ deny: [deny] });
  await second.describe(never);
  await second.close();
  expect(statSync(path).ino).toBe(ino);
  writeFileSync(path, 'damaged');
  const third = place.probe({ deny: [deny] });
  expect((await third.describe(never)).state).toBe('ready');
  expect((await place.scan(third, { sha256 })).statement).toBe('found');
});

test('other content under the same size and time is never taken for what was indexed', async () => {
  const place = new Place();
  const [before, after] = [hex(32), hex(32)];
  const deny = place.list('bad.txt', before);
  const time = new Date('2026-01-01T00:00:00Z');
  utimesSync(deny, time, time);
  const first = place.probe({ deny: [deny] });
  await first.describe(never);
  await first.close();
  writeFileSync(deny, after);
  utimesSync(deny, time, time);
  const second = place.probe({ deny: [deny] });
  expect(await second.describe(never)).toMatchObject({ databaseDate: time.toISOString() });
  expect((await place.scan(second, { sha256: after })).statement).toBe('found');
  expect((await place.scan(second, { sha256: before })).statement).toBe('nothing_found');
});

test('the canary is found through every index, and an index that cannot be read is an error', async () => {
  const place = new Place();
  const [denied, allowed] = [hex(32), hex(16)];
  const probe = place.probe({ deny: [place.list('d', denied)], allow: [place.list('a', allowed)] });
  const { canary } = probe.manifest;
  if (canary === null) throw new Error('no canary');
  const sha256 = createHash('sha256').update(canary.bytes).digest('hex');
  expect((await place.scan(probe, { sha256 })).findings).toMatchObject([{ name: 'deny-list:canary' }]);
  for (const name of place.indexes()) writeFileSync(join(place.indexDir, 'hash-lists', name), '');
  for (const hashes of [{ sha256 }, { sha256: denied }, { md5: allowed }])
    await expect(place.scan(probe, hashes)).rejects.toMatchObject({ name: 'ProbeError', code: 'INTEGRITY' });
});

test('a list without any hash is ready with a remark', async () => {
  const place = new Place();
  const deny = place.list('empty.txt', '# none yet\n');
  const probe = place.probe({ deny: [deny] });
  expect(await probe.describe(never)).toMatchObject({ state: 'ready', notes: [`the deny list ${deny} holds no hash`] });
});

test('changing a list while files are scanned never gives an answer of neither version', async () => {
  const place = new Place();
  const always = hex(32);
  const deny = place.list('bad.txt', `${always}\n`);
  const probe = place.probe({ deny: [deny] });
  await probe.describe(never);
  for (let round = 0; round < 10; round += 1) {
    appendFileSync(deny, `${hex(32)}\n`);
    const scans = Array.from({ length: 20 }, () => place.scan(probe, { sha256: always }));
    const [health, ...ends] = await Promise.all([probe.describe(never), ...scans.map(settled)]);
    expect(health.state).toBe('ready');
    for (const end of ends) expect(['found', 'ProbeError']).toContain(end);
  }
});

async function settled(scan: Promise<ProbeReport>): Promise<string> {
  try {
    return (await scan).statement;
  } catch (error) {
    return error instanceof Error ? error.name : 'thrown';
  }
}
