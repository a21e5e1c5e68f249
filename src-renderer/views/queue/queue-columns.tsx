import { ChevronDown, ChevronRight } from 'lucide-react';
import type { SubmissionRow } from '../../../src-main/contract/item-view';
import { originOf, originWords } from '../../format/origin';
import { currentFormat, type Formats, useFormat } from '../../format/use-format';
import { type Say, useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { RelativeTime } from '../../parts/Figures';
import { FileName } from '../../parts/FileName';
import { OriginName } from '../../parts/OriginName';
import type { TableColumn } from '../../parts/table/columns';
import { act } from '../../state/act';
import { type Cancel, itemColumns } from './item-columns';
import type { ProgressMeter } from './progress-meter';
import { oneSubmission, retryChosen } from './queue-acts';
import type { QueueRow } from './queue-rows';
import { RowActs } from './RowActs';
import { SubmissionStage } from './SubmissionStage';

interface QueueParts {
  readonly cancel: Cancel;
  readonly toggle: (guid: string) => void;
  readonly meter: ProgressMeter;
}

/** Submissions say more than files do. */
const WIDER: Readonly<Record<string, Partial<TableColumn<QueueRow>>>> = {
  name: { width: 166 },
  stage: { width: 176, grow: true },
  size: { width: 150 },
};

/** Of bytes known so far. */
function bytesDone(say: Say, format: Formats, { settledBytes, bytes }: SubmissionRow): string {
  return say('frame.bytes', { done: format.bytes(settledBytes), all: format.bytes(bytes) });
}

export function nameOfRow(row: QueueRow): string {
  return row.kind === 'item' ? row.item.name : originOf(row.submission.origin).place;
}

/** Columns of submissions with their files below them: the columns of files, with what a submission says in each. */
export function queueColumns(say: Say, { cancel, toggle, meter }: QueueParts): TableColumn<QueueRow>[] {
  const files = new Map(itemColumns(say, cancel, false).map((column) => [column.id, column]));
  const submissions: Readonly<Record<string, Pick<TableColumn<SubmissionRow>, 'cell' | 'text'>>> = {
    stage: {
      cell: (row) => <SubmissionStage row={row} meter={meter} />,
      text: ({ settled, items }) => `${settled}/${items}`,
    },
    size: { cell: (row) => <BytesDone row={row} />, text: (row) => bytesDone(say, currentFormat(), row) },
    received: { cell: ({ receivedAt }) => <RelativeTime at={receivedAt} />, text: ({ receivedAt }) => receivedAt },
    acts: { cell: (row) => <SubmissionActs row={row} cancel={cancel} />, text: () => '' },
  };
  return [...files.values()].map(({ sortKey: _notSorted, cell, text, ...column }) => ({
    ...column,
    ...WIDER[column.id],
    cell: (row: QueueRow) => {
      if (column.id === 'name') return <NameCell row={row} toggle={toggle} />;
      return row.kind === 'item' ? cell(row.item) : submissions[column.id]?.cell(row.submission);
    },
    text: (row: QueueRow) => {
      if (row.kind === 'item') return text(row.item);
      return column.id === 'name'
        ? originWords(say, row.submission.origin)
        : (submissions[column.id]?.text(row.submission) ?? '');
    },
  }));
}

function BytesDone({ row }: { readonly row: SubmissionRow }) {
  return <span className="truncate tabular-nums">{bytesDone(useText(), useFormat(), row)}</span>;
}

function NameCell({ row, toggle }: { readonly row: QueueRow; readonly toggle: (guid: string) => void }) {
  const say = useText();
  if (row.kind === 'item')
    return (
      <span className="flex min-w-0 flex-1 pl-8">
        <FileName name={row.item.name} />
      </span>
    );
  const { guid, origin } = row.submission;
  return (
    <span className="flex min-w-0 flex-1 items-center gap-1">
      <Button
        kind="quiet"
        icon={row.expanded ? ChevronDown : ChevronRight}
        className="h-6 w-6"
        aria-expanded={row.expanded}
        aria-label={say(row.expanded ? 'queue.collapse' : 'queue.expand', { name: originOf(origin).place })}
        onClick={(event) => {
          event.stopPropagation();
          toggle(guid);
        }}
      />
      <OriginName origin={origin} />
    </span>
  );
}

function SubmissionActs({ row, cancel }: { readonly row: SubmissionRow; readonly cancel: Cancel }) {
  const { place } = originOf(row.origin);
  return (
    <RowActs
      name={place}
      onRetry={row.waiting > 0 ? () => act(() => retryChosen(oneSubmission(row)), place) : undefined}
      onCancel={() => cancel(oneSubmission(row), Math.max(2, row.items - row.settled))}
    />
  );
}
