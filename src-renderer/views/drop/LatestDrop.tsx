import type { SubmissionRow } from '../../../src-main/contract/item-view';
import { originOf } from '../../format/origin';
import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { Bytes, RelativeTime } from '../../parts/Figures';
import { OriginName } from '../../parts/OriginName';
import { ProgressBar } from '../../parts/ProgressBar';
import { VerdictCounts } from '../../parts/VerdictCounts';
import { go } from '../../state/navigation';

/** One submission: from where, how far, with which verdicts, what it waits for. */
export function LatestDrop({ row }: { readonly row: SubmissionRow }) {
  const say = useText();
  const format = useFormat();
  const done = row.sealed && row.settled >= row.items;
  const { place } = originOf(row.origin);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line/60 px-4 py-2 last:border-0">
      <div className="min-w-0 flex-1 basis-72">
        <div className="flex min-w-0 items-center gap-3">
          <OriginName origin={row.origin} />
          <span className="shrink-0 text-11 text-muted">
            <RelativeTime at={row.receivedAt} />
          </span>
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
          <span>
            {say(row.sealed ? 'drop.done' : 'drop.counting', { count: row.items, done: format.count(row.settled) })}
          </span>
          <Bytes bytes={row.bytes} />
          <span>{say('drop.overProfile', { profile: row.profile })}</span>
          <VerdictCounts counts={row} />
        </div>
        {row.problem !== null && (
          <p className="text-suspicious [overflow-wrap:anywhere]">
            {row.waiting > 0 && `${say('drop.waits', { count: row.waiting })}: `}
            <bdi>{say.told(row.problem)}</bdi>
          </p>
        )}
      </div>
      <div className="flex shrink-0 items-center justify-end gap-3">
        {!done && (
          <ProgressBar
            label={say('drop.progress', { name: place })}
            share={row.items === 0 ? 0 : row.settled / row.items}
            className="w-36"
          />
        )}
        <Button kind="quiet" onClick={() => (done ? go('results', 'submission', row.guid) : go('queue'))}>
          {say(done ? 'drop.showResults' : 'drop.showQueue')}
        </Button>
      </div>
    </li>
  );
}
