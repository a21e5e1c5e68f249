import { ensureIndex } from './ensure-index';
import { type IndexMessage, indexTaskSchema } from './index-task';

/** Entry of the index child: told one list, it answers and ends. Ends too when nobody is there to hear it. */
const tell = (message: IndexMessage) => process.send?.(message);

process.once('disconnect', () => process.exit());
process.once('message', (message: unknown) => {
  const task = indexTaskSchema.parse(message);
  void ensureIndex(task, (bytes, ofBytes) => tell({ kind: 'progress', bytes, ofBytes })).then((answer) =>
    process.send?.({ kind: 'answer', answer } satisfies IndexMessage, () => process.disconnect()),
  );
});
