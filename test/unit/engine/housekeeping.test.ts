import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { Housekeeping } from '../../../src-main/engine/housekeeping';
import { tempFolder } from '../../support/temp-folder';
import { pipelineIn } from '../pipeline/pipeline-in';
import { endingOf, itemIn, newSubmission } from '../store/ledger-fixtures';

it('goes on, and ends, while the source of a moved file hangs, in a folder on a network', async () => {
  const pipeline = pipelineIn(tempFolder(), []);
  const { ledger, sources } = pipeline;
  const submission = await newSubmission(ledger, { source: 'move' });
  await ledger.commit(() => {
    ledger.moves.end('forward', itemIn(ledger, submission, 'disposing'), endingOf({ sourcePending: true }));
  });
  const hanging = vi.spyOn(sources, 'finish').mockReturnValue(new Promise(() => undefined));
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
  expect(hanging).toHaveBeenCalledOnce();
  expect(done.toSorted()).toEqual(['backup', 'filling', 'pruning', 'staging']);
});
