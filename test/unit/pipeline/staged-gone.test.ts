import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src-main/base/clock';
import { ProbeError } from '../../../src-main/base/errors';
import { identityOf, stageFile } from '../../../src-main/intake/stage-file';
import { Pipeline } from '../../../src-main/pipeline/pipeline';
import { HeldStore } from '../../../src-main/sinks/held/store';
import { tempFolder } from '../../support/temp-folder';
import { until } from '../../support/until';
import { LIMITS, planOf } from '../store/ledger-fixtures';
import { FakeProbe, TEXT } from './fake-probe';

const UNREADABLE = new ProbeError('SOURCE_UNREADABLE', 'the staged file cannot be read (ENOENT)');

/** A moved file before a probe that does `scan`, and the pipeline when it has ended. `watched`: its folder offered it. */
async function movedFile(scan: (path: string) => void, { watched } = { watched: false }) {
  const folder = tempFolder();
  const held = join(folder, 'held');
  mkdirSync(held);
  const keeping = new HeldStore(held);
  const probe = new FakeProbe(({ path }) => {
    scan(path);
    throw UNREADABLE;
  });
  const pipeline = new Pipeline({
    ledgerFile: join(folder, 'ledger.db'),
    stagingDir: join(folder, 'staging'),
    probes: [probe],
    take: (request) => stageFile({ ...request, id: 1 }),
    detectType: () => Promise.resolve(TEXT),
    disposal: { sinks: new Map(), quarantine: keeping, held: keeping },
    limitsOf: () => LIMITS,
    takesFrom: () => watched,
    clock: systemClock,
    log: pino({ level: 'silent' }),
    window: 2,
    program: 'Dropgate test',
  });
  onTestFinished(async () => {
    await pipeline.scheduler.stop(0);
    await pipeline.close();
  });
  await pipeline.start();
  const plan = planOf({ probes: ['one'], required: ['one'], source: 'move', watchFolder: watched ? folder : null });
  const { id, guid } = await pipeline.open('test', plan);
  const source = join(folder, 'source');
  writeFileSync(source, 'precious');
  const file = { relativePath: Buffer.from('a.txt'), sourcePath: Buffer.from(source) };
  const identity = watched ? identityOf(statSync(source, { bigint: true })) : null;
  await pipeline.receive(id, [{ ...file, skipped: null, refused: null, identity }]);
  await pipeline.seal(id);
  const ended = async () => {
    await until('its end', () => pipeline.progress(guid).ended);
    return pipeline.ledger.items.inState('held', { after: 0, limit: 10 })[0];
  };
  return { pipeline, source, ended };
}

describe('a file whose staged copy somebody removed', () => {
  it('is held with its report, and its source stays', async () => {
    const { ended, source } = await movedFile((path) => rmSync(path, { force: true }));
    const item = await ended();
    expect(item).toMatchObject({ destination: null, state: 'held' });
    expect(JSON.parse(readFileSync(item?.report ?? '', 'utf8'))).toMatchObject({ disposition: 'held' });
    expect(readFileSync(source, 'utf8')).toBe('precious');
  });

  it('keeps the bytes that were held before', async () => {
    let isFirst = true;
    const { pipeline, ended } = await movedFile((path) => {
      if (!isFirst) rmSync(path, { force: true });
    });
    const before = await ended();
    if (before === undefined) throw new Error('nothing is held');
    isFirst = false;
    expect(await pipeline.retrier.retry(before)).toBe(true);
    const after = await ended();
    expect(after?.destination).toEqual(before.destination);
    expect(readFileSync(after?.destination ?? '', 'utf8')).toBe('precious');
  });

  it('is taken anew from its watched folder, as if it had never been scanned', async () => {
    let isFirst = true;
    const { pipeline, source, ended } = await movedFile(
      (path) => {
        if (isFirst) rmSync(path, { force: true });
      },
      { watched: true },
    );
    expect(await ended()).toMatchObject({ destination: null });
    isFirst = false;
    expect(await pipeline.retrier.run()).toBe(1);
    const after = await ended();
    expect(readFileSync(after?.destination ?? '', 'utf8')).toBe('precious');
    expect(existsSync(source)).toBe(false);
  });
});
