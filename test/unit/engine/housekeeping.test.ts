import { pino } from 'pino';
import { expect, it } from 'vitest';
import { Housekeeping } from '../../../src-main/engine/housekeeping';
import { pipelineWithHangingSource } from '../pipeline/pipeline-in';

it('goes on, and ends, while the source of a moved file hangs, in a folder on a network', async () => {
  const { pipeline, finish } = await pipelineWithHangingSource();
  const done: string[] = [];
  const housekeeping = new Housekeeping({
    pipeline,
    leftovers: { runIfDue: async () => done.push('staging') },
    backups: { runIfDue: async () => void done.push('backup') },
    retention: {
      runIfDue: async () => {
        done.push('pruning');
        return null;
      },
    },
    filler: { run: async () => void done.push('filling') },
    log: pino({ level: 'silent' }),
  });
  await housekeeping.idle();
  await housekeeping.stop();
  expect(finish).toHaveBeenCalledOnce();
  expect(done.toSorted()).toEqual(['backup', 'filling', 'pruning', 'staging']);
});
