import { useCallback, useMemo, useRef } from 'react';
import { useText } from '../../i18n/text';
import { Table } from '../../parts/table/Table';
import { idsOf } from '../../state/item-rows';
import { go } from '../../state/navigation';
import { createSelection } from '../../state/selection';
import type { Cancel } from './item-columns';
import { NothingMoves } from './NothingMoves';
import { openSubmission, rowIdOf } from './queue-acts';
import { nameOfRow, queueColumns } from './queue-columns';
import type { QueueRow } from './queue-rows';
import { useQueueCommands } from './use-queue-commands';
import type { Queue } from './use-queue-rows';
import { WaitingBanner } from './WaitingBanner';

/** Submissions on their way, each with its files below it. */
export function SubmissionTable({ queue, cancel }: { readonly queue: Queue; readonly cancel: Cancel }) {
  const say = useText();
  const { rows, meter, toggle, submissions, leftOut } = queue;
  const selection = useMemo(createSelection, []);
  const columns = useMemo(() => queueColumns(say, { cancel, toggle, meter }), [say, cancel, toggle, meter]);
  const listed = useRef(submissions);
  listed.current = submissions;
  const filesIn = useCallback((guid: string) => {
    const row = listed.current.find((submission) => submission.guid === guid);
    return row === undefined ? 2 : Math.max(2, row.items - row.settled);
  }, []);
  const actions = useQueueCommands(cancel, filesIn, false);
  const open = useCallback(
    (row: QueueRow) => (row.kind === 'item' ? go('results', row.item.id) : openSubmission(row.submission.guid)),
    [],
  );
  return (
    <>
      <WaitingBanner submissions={submissions} />
      {leftOut > 0 && <p className="px-4 py-1 text-muted">{say('queue.moreSubmissions', { count: leftOut })}</p>}
      <Table
        label={say('view.queue')}
        columns={columns}
        rows={rows}
        rowId={rowIdOf}
        rowName={nameOfRow}
        selection={selection}
        allIds={() => idsOf({ open: true })}
        actions={actions}
        onOpen={open}
        empty={<NothingMoves />}
      />
    </>
  );
}
