import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ProbeError } from '../../src-main/base/errors';
import { isErrorCode } from '../../src-main/contract/error-codes';
import type { FileType } from '../../src-main/contract/item';
import { type ProbeReport, probeHealthSchema, probeReportSchema } from '../../src-main/contract/probe-report';
import type { Probe } from '../../src-main/probes/probe';
import { leftovers, snapshot } from './leftovers';
import { HOSTILE_NAMES, Stage } from './staged-files';

/** One probe under test. */
export interface ProbeCase {
  /** A fresh instance, not shared with any other test, for files in `stagingDir`. What it needs besides (a daemon, lists) is ready by then. */
  create(stagingDir: string): Promise<Probe>;
  /** A file that it has nothing to say about. */
  readonly clean: Buffer;
  /** A file that it finds something in; its canary when left out. */
  readonly found?: Buffer;
  /** Needed by probes that need or accept types. */
  readonly typeOf?: (bytes: Buffer) => Promise<FileType>;
}

/** Largest limit of a probe that is tried out with a real file of one byte more. */
const TRIED_LIMIT_BYTES = 32 * 1024 * 1024;
const CONCURRENT = 50;
const never = new AbortController().signal;

/** What every probe promises, whatever it looks for: run it over each with `probeConformance('id', {...})`. */
export function probeConformance(name: string, subject: ProbeCase): void {
  describe(`the probe ${name}`, () => {
    let stage: Stage;
    let probe: Probe;
    let found: Buffer;

    beforeAll(async () => {
      stage = new Stage(subject.typeOf);
      probe = await subject.create(stage.folder);
      found = subject.found ?? Buffer.from(probe.manifest.canary?.bytes ?? '');
    });
    afterAll(async () => {
      await probe.close();
      rmSync(stage.folder, { recursive: true, force: true });
    });

    const scan = async (bytes: Buffer, fileName: string | Buffer = 'a.txt', signal = never) =>
      scanWith(probe, stage, bytes, fileName, signal);

    test('has a manifest that can be relied on', () => {
      const { manifest } = probe;
      expect(manifest.id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
      expect(manifest.title.trim()).not.toBe('');
      expect(manifest.timeoutMs).toBeGreaterThan(0);
      expect(manifest.timeoutMs).toBeLessThanOrEqual(60 * 60 * 1000);
      expect(Number.isInteger(manifest.concurrency) && manifest.concurrency >= 1).toBe(true);
      for (const pattern of manifest.accepts ?? []) expect(() => new RegExp(pattern, 'i')).not.toThrow();
      expect(manifest.canary?.bytes.length).toBeGreaterThan(0);
      expect(manifest.canary?.fileName).toBeTruthy();
    });

    test('finds its canary by a real scan, as something to stop a file for', async () => {
      const { canary } = probe.manifest;
      if (canary === null) throw new Error('a probe without a canary cannot be proven to work');
      const report = await scan(Buffer.from(canary.bytes), canary.fileName);
      expect(report.statement).toBe('found');
      expect(report.findings.some(({ severity }) => severity !== 'info')).toBe(true);
      for (const finding of report.findings) expect(finding.probe).toBe(probe.manifest.id);
    });

    test('describes itself as ready, with versions, and does not reject when nobody waits for it', async () => {
      const health = probeHealthSchema.parse(await probe.describe(never));
      expect(health).toMatchObject({ state: 'ready', problem: null });
      expect(health.engineVersion).toBeTruthy();
      probeHealthSchema.parse(await probe.describe(AbortSignal.abort()));
    });

    test('states that it found nothing in a clean file, and that it saw all of it', async () => {
      const health = await probe.describe(never);
      const report = await scan(subject.clean);
      expect(report).toMatchObject({ statement: 'nothing_found', findings: [], coverage: { kind: 'complete' } });
      expect(report.engineVersion).toBe(health.engineVersion);
      expect(report.databaseVersion).toBe(health.databaseVersion);
    });

    test('finds what is there, each time alike, and leaves the file and its folder as they were', async () => {
      const item = await stage.item(found, probe.manifest.canary?.fileName ?? 'a');
      const before = stage.content();
      const reports = [await scanItem(probe, stage, item), await scanItem(probe, stage, item)];
      expect(reports[0]?.statement).toBe('found');
      expect(reports[1]).toEqual(reports[0]);
      expect(stage.content()).toEqual(before);
    });

    test('has an answer for an empty file', async () => {
      expect(await scan(Buffer.alloc(0))).toMatchObject({ statement: 'nothing_found', coverage: { kind: 'complete' } });
    });

    test('rejects with a ProbeError when the file is not there', async () => {
      const item = await stage.item(subject.clean, 'gone.txt');
      rmSync(item.path);
      const error = await failure(probe.scan(item, stage.context(), never));
      expect(error).toBeInstanceOf(ProbeError);
      expect(error instanceof ProbeError && isErrorCode(error.code)).toBe(true);
    });

    test.each(HOSTILE_NAMES)('is not misled by %s', async (_title, fileName) => {
      const report = await scan(subject.clean, fileName);
      if (probe.manifest.dependsOn === 'content+name') return;
      expect(report).toEqual(await scan(subject.clean, 'plain.txt'));
      expect((await scan(found, fileName)).statement).toBe('found');
    });

    test(`gives each of ${CONCURRENT} scans at once its own answer`, async () => {
      const expected = Array.from({ length: CONCURRENT }, (_, at) => (at % 3 === 0 ? 'found' : 'nothing_found'));
      const reports = await Promise.all(
        expected.map((statement) =>
          statement === 'found' ? scan(found, probe.manifest.canary?.fileName) : scan(subject.clean),
        ),
      );
      expect(reports.map(({ statement }) => statement)).toEqual(expected);
    });

    test('rejects when it is cancelled before it begins', async () => {
      await expect(scan(subject.clean, 'a.txt', AbortSignal.abort())).rejects.toBeDefined();
    });

    test('ends when it is cancelled, and answers the next scan as ever', async () => {
      const controller = new AbortController();
      const scans = Array.from({ length: 20 }, () => scan(subject.clean, 'a.txt', controller.signal).catch(String));
      setImmediate(() => controller.abort());
      await Promise.all(scans);
      expect((await scan(subject.clean)).statement).toBe('nothing_found');
    });

    test('never calls a file clean that is beyond its own limit', async () => {
      const { maxBytes } = await probe.describe(never);
      if (maxBytes === null || maxBytes > TRIED_LIMIT_BYTES) return;
      const large = Buffer.concat([Buffer.alloc(maxBytes + 1 - found.length, 'x'), found]);
      const end = await scan(large).catch((error: unknown) => error);
      if (!(end instanceof ProbeError)) {
        expect(end).toMatchObject({ coverage: { kind: 'incomplete', reason: 'limit_exceeded' } });
      }
    });

    test('after close() scans reject, it is not ready, and no process, socket or file stays open', async () => {
      const before = snapshot();
      const short = await subject.create(stage.folder);
      await short.describe(never);
      await scanWith(short, stage, subject.clean, 'a.txt', never);
      const pending = Array.from({ length: 10 }, () => scanWith(short, stage, found, 'a.txt', never).catch(String));
      await short.close();
      await Promise.all(pending);
      const error = await failure(scanWith(short, stage, subject.clean, 'a.txt', never));
      expect(error).toBeInstanceOf(ProbeError);
      expect((await short.describe(never)).state).toBe('not_ready');
      await short.close();
      await vi.waitFor(() => expect(leftovers(before)).toEqual([]), { timeout: 10_000, interval: 50 });
    });
  });
}

async function scanWith(
  probe: Probe,
  stage: Stage,
  bytes: Buffer,
  fileName: string | Buffer,
  signal: AbortSignal,
): Promise<ProbeReport> {
  return probeReportSchema.parse(await probe.scan(await stage.item(bytes, fileName), stage.context(), signal));
}

async function scanItem(probe: Probe, stage: Stage, item: Awaited<ReturnType<Stage['item']>>): Promise<ProbeReport> {
  return probeReportSchema.parse(await probe.scan(item, stage.context(), never));
}

/** What `work` rejects with; throws when it does not. */
async function failure(work: Promise<unknown>): Promise<unknown> {
  const end = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in end) return end.error;
  throw new Error(`it should have rejected, but gave ${JSON.stringify(end.value)}`);
}
