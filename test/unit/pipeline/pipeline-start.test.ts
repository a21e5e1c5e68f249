import { expect, it } from 'vitest';
import { pipelineWithHangingSource } from './pipeline-in';

it('begins to work while the source of a moved file hangs, in a folder on a network', async () => {
  const { pipeline } = await pipelineWithHangingSource();
  await pipeline.start();
  expect(pipeline.ledger.items.withSourcePending({ after: 0, limit: 10 })).toHaveLength(1);
});
