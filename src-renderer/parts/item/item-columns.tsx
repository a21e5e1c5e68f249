import { useMemo } from 'react';
import type { ItemRow } from '../../../src-main/contract/item-view';
import { currentFormat } from '../../format/use-format';
import { type Say, useText } from '../../i18n/text';
import { useLeaving } from '../../state/leaving';
import { VerdictChip } from '../Chip';
import { cx } from '../class-names';
import { Bytes, RelativeTime } from '../Figures';
import { FileName } from '../FileName';
import { TypeBadge } from '../TypeBadge';
import type { TableColumn } from '../table/columns';

/** What a finished file's row says in one line: its first finding and how many more, else the sentence or the problem. */
export function whyOf(row: ItemRow, say: Say): string {
  if (row.finding !== null) {
    const finding = say.told(row.finding);
    return row.findings > 1 ? `${finding} ${say('columns.more', { count: row.findings - 1 })}` : finding;
  }
  return say.told(row.problem ?? row.sentence ?? '');
}

/** Struck through while its deletion can still be undone. */
function Name({ row }: { readonly row: ItemRow }) {
  const leaving = useLeaving(row.id);
  return (
    <span className={cx('flex min-w-0 flex-1 items-center gap-2', leaving && 'line-through opacity-70')}>
      <span className="flex min-w-28 flex-1">
        <FileName name={row.name} />
      </span>
      <TypeBadge mime={row.mime} />
    </span>
  );
}

function Why({ row }: { readonly row: ItemRow }) {
  const say = useText();
  const why = whyOf(row, say);
  return (
    <bdi className="truncate" title={why}>
      {why}
    </bdi>
  );
}

type ItemColumn = 'name' | 'verdict' | 'why' | 'disposition' | 'path' | 'size' | 'ended';

function columnsOf(say: Say): Readonly<Record<ItemColumn, TableColumn<ItemRow>>> {
  return {
    name: {
      id: 'name',
      title: say('columns.name'),
      width: 240,
      grow: true,
      sortKey: 'name',
      cell: (row) => <Name row={row} />,
      text: (row) => row.name,
    },
    verdict: {
      id: 'verdict',
      title: say('columns.verdict'),
      width: 112,
      sortKey: 'verdict',
      cell: (row) => <VerdictChip verdict={row.verdict} moving={row.state === 'scanning'} />,
      text: (row) => (row.verdict === null ? '' : say(`verdict.${row.verdict}`)),
    },
    why: {
      id: 'why',
      title: say('columns.why'),
      width: 200,
      cell: (row) => <Why row={row} />,
      text: (row) => whyOf(row, say),
    },
    disposition: {
      id: 'disposition',
      title: say('columns.disposition'),
      width: 132,
      cell: (row) => <span className="truncate">{say(`state.${row.disposition ?? row.state}`)}</span>,
      text: (row) => say(`state.${row.disposition ?? row.state}`),
    },
    path: {
      id: 'path',
      title: say('item.from'),
      width: 160,
      cell: (row) => <FileName name={row.path} mono />,
      text: (row) => row.path,
    },
    size: {
      id: 'size',
      title: say('columns.size'),
      width: 84,
      end: true,
      sortKey: 'size',
      cell: (row) => <Bytes bytes={row.size} />,
      text: (row) => (row.size === null ? '' : String(row.size)),
    },
    ended: {
      id: 'ended',
      title: say('columns.when'),
      width: 112,
      end: true,
      sortKey: 'time',
      cell: (row) => <RelativeTime at={row.endedAt ?? row.receivedAt} />,
      text: (row) => currentFormat().exact(Date.parse(row.endedAt ?? row.receivedAt)),
    },
  };
}

/** Columns of tables whose rows are files that have ended, in the order of `wanted` (the same array each time). */
export function useItemColumns(wanted: readonly ItemColumn[]): readonly TableColumn<ItemRow>[] {
  const say = useText();
  return useMemo(() => {
    const all = columnsOf(say);
    return wanted.map((column) => all[column]);
  }, [say, wanted]);
}
