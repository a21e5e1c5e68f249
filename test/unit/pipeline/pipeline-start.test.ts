import { expect, it, vi } from 'vitest';
import { tempFolder } from '../../support/temp-folder';
import { endingOf, itemIn, newSubmission } from '../store/ledger-fixtures';
import { pipelineIn } from './pipeline-in';

it('begins to work while the source of a moved file hangs, in a folder on a network', async () => {
  const pipeline = pipelineIn(tempFolder(), []);
  const { ledger, sources } = pipeline;
  const submission = await newSubmission(ledger, { source: 'move' });
  await ledger.commit(() => {
    ledger.moves.end('forward', itemIn(ledger, submission, 'disposing'), endingOf({ sourcePending: true }));
  });
  vi.spyOn(sources, 'finish').mockReturnValue(new Promise(() => undefined));
  await pipeline.start();
  expect(ledger.items.withSourcePending({ after: 0, limit: 10 })).toHaveLength(1);
});
