import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { settingsSchema } from '../../../src-main/contract/settings';
import { Watching } from '../../../src-main/engine/watching';
import { tempFolder } from '../../support/temp-folder';
import { FakeProbe } from '../pipeline/fake-probe';
import { pipelineIn } from '../pipeline/pipeline-in';
import { planOf } from '../store/ledger-fixtures';

it('seals a submission that could not get all of its files, and gives these to the next one', async () => {
  const root = tempFolder();
  const dir = join(root, 'in');
  mkdirSync(dir);
  writeFileSync(join(dir, 'a.txt'), 'abc');
  const pipeline = pipelineIn(root, [new FakeProbe()]);
  await pipeline.start();
  const full = new Error('the disk is full');
  vi.spyOn(pipeline, 'receive').mockRejectedValueOnce(full);
  vi.spyOn(pipeline, 'seal').mockRejectedValueOnce(full);
  const watching = new Watching({
    settings: settingsSchema.parse({ watch: [{ dir, settleMs: 50 }] }),
    pipeline,
    log: pino({ level: 'silent' }),
    planFor: () => planOf({ watchFolder: dir }),
    onEvent: () => undefined,
    configuration: null,
  });
  onTestFinished(() => watching.close());
  await watching.start();
  const submissions = [1, 2];
  const counts = () => submissions.map((id) => pipeline.ledger.submissions.counts(id).items);
  await expect.poll(counts, { timeout: 20_000 }).toEqual([0, 1]);
  const sealed = () => submissions.map((id) => pipeline.ledger.submissions.get(id).sealed);
  await expect.poll(sealed, { timeout: 20_000 }).toEqual([true, true]);
});
