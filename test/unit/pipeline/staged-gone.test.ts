import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProbeError } from '../../../src-main/base/errors';
import { identityOf } from '../../../src-main/intake/stage-file';
import { tempFolder } from '../../support/temp-folder';
import { until } from '../../support/until';
import { planOf } from '../store/ledger-fixtures';
import { FakeProbe } from './fake-probe';
import { pipelineIn } from './pipeline-in';

const UNREADABLE = new ProbeError('SOURCE_UNREADABLE', 'the staged file cannot be read (ENOENT)');

/** A moved file before a probe that does `scan`, and the pipeline when it has ended. `watched`: its folder offered it. */
async function movedFile(scan: (path: string) => void, { watched } = { watched: false }) {
  const folder = tempFolder();
  const probe = new FakeProbe(({ path }) => {
    scan(path);
    throw UNREADABLE;
  });
  const pipeline = pipelineIn(folder, [probe], { takesFrom: () => watched });
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
