import { mkdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { identityOf } from '../../../src-main/intake/stage-file';
import { tempFolder } from '../../support/temp-folder';
import { until } from '../../support/until';
import { planOf } from '../store/ledger-fixtures';
import { FakeProbe } from './fake-probe';
import { pipelineIn } from './pipeline-in';

it.each([
  ['watched folder', true],
  ['folder that was named', false],
])('never takes or removes a file outside a %s, when one in it was swapped for a link', async (_what, isWatched) => {
  const folder = tempFolder();
  const inside = join(folder, 'watched/sub');
  const outside = join(folder, 'outside');
  for (const place of [inside, outside]) mkdirSync(place, { recursive: true });
  for (const place of [inside, outside]) writeFileSync(join(place, 'a.txt'), place);
  const pipeline = pipelineIn(folder, [new FakeProbe()], { takesFrom: () => true });
  await pipeline.start();
  const plan = planOf({
    probes: ['one'],
    required: ['one'],
    source: 'move',
    watchFolder: isWatched ? join(folder, 'watched') : null,
  });
  const { id, guid } = await pipeline.open('test', plan);
  const sourcePath = Buffer.from(join(inside, 'a.txt'));
  const identity = isWatched ? identityOf(statSync(sourcePath, { bigint: true })) : null;
  renameSync(inside, join(folder, 'away'));
  symlinkSync(outside, inside);
  await pipeline.receive(id, [
    { relativePath: Buffer.from('sub/a.txt'), sourcePath, skipped: null, refused: null, identity },
  ]);
  await pipeline.seal(id);
  await until('its end', () => pipeline.progress(guid).ended);
  const [item] = pipeline.ledger.items.inState('held', { after: 0, limit: 10 });
  expect(item).toMatchObject({ state: 'held', hashes: null, intakeProblem: { reason: 'changed' } });
  expect(readFileSync(join(outside, 'a.txt'), 'utf8')).toBe(outside);
});
