import type { ItemRow } from '../../../src-main/contract/item-view';
import { currentFormat } from '../../format/use-format';
import { currentText, type Say } from '../../i18n/text';
import { Bytes, RelativeTime } from '../../parts/Figures';
import { FileName } from '../../parts/FileName';
import type { TableColumn } from '../../parts/table/columns';
import { act } from '../../state/act';
import { type Chosen, oneItem, retryChosen } from './queue-acts';
import { RowActs } from './RowActs';
import { StageCell } from './StageCell';
import { stageOf, stageWords } from './stage';

export type Cancel = (chosen: Chosen, files: number) => void;

const UNDECIDED: readonly ItemRow['state'][] = ['received', 'staged', 'planned', 'scanning'];
/** A decided file is on its way and can no longer be cancelled. */
const canCancel = ({ state }: ItemRow) => UNDECIDED.includes(state);
const sizeText = (bytes: number | null) => (bytes === null ? '' : currentFormat().bytes(bytes));

/** Buttons of one file: what waits or is held can be tried now, what is not decided can be cancelled. */
export function ItemActs({ item, cancel }: { readonly item: ItemRow; readonly cancel: Cancel }) {
  const waits = item.problem !== null || stageOf(item) === null;
  return (
    <RowActs
      name={item.name}
      onRetry={waits ? () => act(() => retryChosen(oneItem(item)), item.name) : undefined}
      onCancel={canCancel(item) ? () => cancel(oneItem(item), 1) : undefined}
    />
  );
}

/** Columns of a list of files alone. `reason`: of held files the reason is shown, not the stage. */
export function itemColumns(say: Say, cancel: Cancel, reason: boolean): TableColumn<ItemRow>[] {
  return [
    {
      id: 'name',
      title: say('queue.name'),
      width: 200,
      grow: !reason,
      sortKey: 'name',
      cell: ({ name }) => <FileName name={name} />,
      text: ({ path }) => path,
    },
    {
      id: 'stage',
      title: say(reason ? 'queue.reason' : 'queue.stage'),
      width: 220,
      grow: reason,
      cell: (item) => <StageCell item={item} />,
      text: (item) => stageWords(currentText(), (probe) => probe, item),
    },
    {
      id: 'size',
      title: say('queue.size'),
      width: 76,
      end: true,
      sortKey: 'size',
      cell: ({ size }) => <Bytes bytes={size} />,
      text: ({ size }) => sizeText(size),
    },
    {
      id: 'received',
      title: say('queue.received'),
      width: 92,
      sortKey: 'time',
      cell: ({ receivedAt }) => <RelativeTime at={receivedAt} />,
      text: ({ receivedAt }) => receivedAt,
    },
    {
      id: 'acts',
      title: say('queue.acts'),
      width: 72,
      end: true,
      cell: (item) => <ItemActs item={item} cancel={cancel} />,
      text: () => '',
    },
  ];
}
