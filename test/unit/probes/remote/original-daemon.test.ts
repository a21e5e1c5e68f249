import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Answer, OriginalDaemon } from '../../../support/original-daemon';
import { never, RemoteProbes } from '../../../support/remote-probe';
import { tempFolder } from '../../../support/temp-folder';

const probes = new RemoteProbes();
const scan = probes.scan.bind(probes);
const CLEAN = Buffer.from('nothing to see\n');

describe('with an original daemon', () => {
  const COMMANDS = { report: 'sh ./report.sh', scripts: ['sh ./scan.sh'] };
  const done = (posted: Record<string, unknown>, changes = {}) =>
    [200, { id: posted.uuid, initied: true, scanned: true, reported: true, deleted: false, ...changes }] as const;

  async function original(answer: Answer, settings: Record<string, unknown> = {}) {
    const daemon = await OriginalDaemon.start(answer);
    const dir = join(tempFolder(), 'shared');
    mkdirSync(dir);
    const probe = probes.at(daemon.url, {
      tokenEnv: undefined,
      commands: COMMANDS,
      sharedPath: { dir, as: '/dump' },
      ...settings,
    });
    return { daemon, dir, probe };
  }

  test('posts its commands and every key of the API, and the file by its shared path', async () => {
    const seen: Buffer[] = [];
    const { daemon, dir, probe } = await original(
      (posted) => {
        seen.push(readFileSync(join(dir, String(posted.name).replace('/dump/', ''))));
        return done(posted);
      },
      { answers: { reported: 'clean' } },
    );
    expect(await probe.describe(never)).toMatchObject({ state: 'ready', databaseVersion: null });
    expect(await scan(probe, CLEAN)).toMatchObject({ statement: 'nothing_found', coverage: { kind: 'complete' } });
    const [posted] = daemon.posted;
    expect(posted).toEqual({
      name: `/dump/${posted?.uuid}`,
      mime: 'text/plain',
      uuid: posted?.uuid,
      report: 'sh ./report.sh',
      shared: 'text/plain',
      inited: false,
      workdir: '.',
      environ: {},
      install: [],
      scripts: ['sh ./scan.sh'],
    });
    expect(seen).toEqual([CLEAN]);
    expect(readdirSync(dir)).toEqual([]);
  });

  test.each([
    [{ reported: 'clean', failed: 'malicious' }, true, 'nothing_found', undefined],
    [{ reported: 'clean', failed: 'malicious' }, false, 'found', 'malicious'],
    [{ reported: 'suspicious' }, true, 'found', 'suspicious'],
  ])('with answers %j, reported: %s is %s', async (answers, reported, statement, severity) => {
    const { probe } = await original((posted) => done(posted, { reported }), { answers });
    const report = await scan(probe, CLEAN);
    expect(report.statement).toBe(statement);
    expect(report.findings[0]?.severity).toBe(severity);
  });

  test('its success is no verdict where nobody said so', async () => {
    const unsaid = await original((posted) => done(posted));
    expect(await unsaid.probe.describe(never)).toMatchObject({
      state: 'not_ready',
      problem: expect.stringMatching(/write commands and answers/),
    });
    await expect(scan(unsaid.probe, CLEAN)).rejects.toMatchObject({
      code: 'PROBE_FAILED',
      message: expect.stringMatching(/write answers/),
    });
    const nothing = await original((posted) => done(posted), { answers: {} });
    await expect(scan(nothing.probe, CLEAN)).rejects.toMatchObject({
      message: expect.stringMatching(/proves nothing here/),
    });
    const failed = await original((posted) => done(posted, { reported: false }), { answers: { reported: 'clean' } });
    await expect(scan(failed.probe, CLEAN)).rejects.toMatchObject({ code: 'PROBE_FAILED' });
  });

  test('a note tells of a token that can be read on its way', async () => {
    const daemon = await OriginalDaemon.start((posted) => done(posted));
    const settings = { commands: COMMANDS, answers: { reported: 'clean' }, sharedPath: { dir: tempFolder() } };
    const notes = async (url: string, changes = {}) =>
      (await probes.at(url, { ...settings, ...changes }).describe(never)).notes;
    const elsewhere = daemon.url.replace('127.0.0.1', '0.0.0.0'); // not loopback by its name, and yet here
    expect(await notes(elsewhere)).toEqual([expect.stringContaining('the token is sent')]);
    expect(await notes(elsewhere, { tokenEnv: undefined })).toEqual([]);
    expect(await notes(daemon.url)).toEqual([]);
  });

  test('without a shared folder it is not ready', async () => {
    const { probe } = await original((posted) => done(posted), {
      answers: { reported: 'clean' },
      sharedPath: undefined,
    });
    expect(await probe.describe(never)).toMatchObject({
      state: 'not_ready',
      problem: expect.stringMatching(/write sharedPath/),
    });
    await expect(scan(probe, CLEAN)).rejects.toMatchObject({ code: 'PROBE_UNAVAILABLE' });
  });

  /** Each of them would be clean with these answers, if it were believed. */
  test.each<[string, Answer]>([
    ['a refusal with HTTP 200', () => [200, { status: 400, error: 'x', message: 'invalid info format' }]],
    ['a refusal with HTTP 200 beside a success', (posted) => done(posted, { status: 500, error: 'x', message: 'x' })],
    ['HTTP 500 with a success', (posted) => [500, done(posted)[1]]],
    ['HTTP 302 with a success', (posted) => [302, done(posted)[1]]],
    ['no JSON', () => [200, 'reported: true']],
    ['an empty answer', () => [200, '']],
    ['null', () => [200, 'null']],
    ['a list', (posted) => [200, [done(posted)[1]]]],
    ['another id', (posted) => done(posted, { id: randomUUID() })],
    ['no id', (posted) => done(posted, { id: undefined })],
    ['reported as a text', (posted) => done(posted, { reported: 'true' })],
    ['reported null', (posted) => done(posted, { reported: null })],
    ['reported left out', (posted) => done(posted, { reported: undefined })],
    ['not scanned', (posted) => done(posted, { scanned: false })],
    ['deleted', (posted) => done(posted, { deleted: true })],
    ['not inited, and yet reported', (posted) => done(posted, { initied: false })],
    ['inited and initied at odds', (posted) => done(posted, { inited: false })],
    ['neither inited nor initied', (posted) => done(posted, { initied: undefined })],
    ['a report on another file', (posted) => done(posted, { report: reportOf(posted, { sha256: 'a'.repeat(64) }) })],
    ['a report on another request', (posted) => done(posted, { report: reportOf(posted, { uuid: randomUUID() }) })],
    ['a report on another size', (posted) => done(posted, { report: reportOf(posted, { size: 1 }) })],
    [
      'a report that contradicts itself',
      (posted) => done(posted, { report: reportOf(posted, { statement: 'found' }) }),
    ],
    ['a report without versions', (posted) => done(posted, { report: reportOf(posted, { engineVersion: '' }) })],
    ['a report on commands that failed', (posted) => done(posted, { reported: false, report: reportOf(posted) })],
    ['more than anybody reads', (posted) => done(posted, { more: 'x'.repeat(5 * 1024 * 1024) })],
  ])('%s is never clean', async (_title, answer) => {
    const { probe } = await original(answer, { answers: { reported: 'clean' } });
    const end = await scan(probe, CLEAN).catch((error: unknown) => error);
    expect(end).toMatchObject({
      name: 'ProbeError',
      code: expect.stringMatching(/^PROBE_(BAD_REPLY|FAILED|UNAVAILABLE)$/),
    });
  });

  test('a report that fits is believed more than the bare answer', async () => {
    const finding = { name: 'A\u202eB', severity: 'suspicious', category: 'x', evidence: 'a\nb', guidance: [] };
    const report = { statement: 'found', findings: [finding] };
    const { probe } = await original((posted) => done(posted, { report: reportOf(posted, report) }), {
      answers: { reported: 'clean' },
    });
    const { findings } = await scan(probe, CLEAN);
    expect(findings).toEqual([{ ...finding, probe: 'lab-av', name: 'A\\u{202e}B', evidence: 'a\\nb' }]);
  });
});

const reportOf = (posted: Record<string, unknown>, changes = {}) => ({
  uuid: posted.uuid,
  sha256: createHash('sha256').update(CLEAN).digest('hex'),
  size: CLEAN.length,
  statement: 'nothing_found',
  findings: [],
  coverage: { kind: 'complete' },
  engineVersion: '1',
  databaseVersion: null,
  ...changes,
});
