import type { ItemPage } from '../../../src-main/contract/item-view';
import { originWords } from '../../format/origin';
import { useText } from '../../i18n/text';
import { Bytes, RelativeTime } from '../Figures';
import { Hash } from '../Hash';
import { ratioWords } from './said';

/** The figures of an item in one quiet block: the ratio first. */
export function ItemFacts({ page }: { readonly page: ItemPage }) {
  const say = useText();
  const { item, submission } = page;
  const hashes = (['sha256', 'sha1', 'md5'] as const).flatMap((label) => {
    const value = item[label];
    return value === null ? [] : [{ label, value }];
  });
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        {item.jobs.length > 0 && <span className="font-medium">{ratioWords(say, item.jobs)}</span>}
        <span>
          <Bytes bytes={item.size} />
        </span>
        <span>
          {say('item.received')} <RelativeTime at={submission.receivedAt} />
        </span>
        {item.disposition !== null && item.at !== null && (
          <span>
            {say(`state.${item.disposition}`)} <RelativeTime at={item.at} />
          </span>
        )}
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-muted">
        <dt>{say('item.from')}</dt>
        <dd className="font-mono text-11 leading-[19px] [overflow-wrap:anywhere]">
          <bdi title={item.path} className="line-clamp-2">
            {item.path}
          </bdi>
        </dd>
        <dt>{say('item.submission')}</dt>
        <dd className="[overflow-wrap:anywhere]">
          <bdi>{originWords(say, submission.origin)}</bdi> · {say('item.profile', { name: submission.profile })}
        </dd>
        {item.destination !== null && (
          <>
            <dt>{say('item.destination')}</dt>
            <dd className="font-mono text-11 leading-[19px] [overflow-wrap:anywhere]">
              <bdi title={item.destination} className="line-clamp-2">
                {item.destination}
              </bdi>
            </dd>
          </>
        )}
      </dl>
      <div className="flex flex-wrap gap-x-4">
        {hashes.map(({ label, value }) => (
          <Hash key={label} label={label} value={value} />
        ))}
      </div>
    </div>
  );
}
