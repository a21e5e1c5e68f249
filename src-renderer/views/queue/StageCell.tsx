import { CircleDashed, CircleHelp } from 'lucide-react';
import type { ItemRow } from '../../../src-main/contract/item-view';
import { useText } from '../../i18n/text';
import { cx } from '../../parts/class-names';
import { titleAmong, useProbeTitles } from '../../state/probe-titles';
import { STAGES, stageOf, stageWords } from './stage';

/** How far a file is on its way: a step for each stage, and the stage in words. */
export function StageCell({ item }: { readonly item: ItemRow }) {
  const say = useText();
  const titleOf = titleAmong(useProbeTitles());
  const stage = stageOf(item);
  const waits = item.problem !== null;
  const words = stageWords(say, titleOf, item);
  const Mark = stage === null ? CircleHelp : CircleDashed;
  return (
    <span title={words} className="flex min-w-0 items-center gap-2">
      {waits || stage === null ? (
        <Mark size={14} aria-hidden="true" className={cx('shrink-0', waits ? 'text-suspicious' : 'text-unverified')} />
      ) : (
        <span aria-hidden="true" className="flex shrink-0 gap-0.5">
          {STAGES.map((each, at) => (
            <span
              key={each}
              className={cx('h-2 w-1.5 rounded-[2px]', at <= STAGES.indexOf(stage) ? 'bg-moving' : 'bg-line')}
            />
          ))}
        </span>
      )}
      <bdi className={cx('truncate', waits && 'text-suspicious')}>{words}</bdi>
    </span>
  );
}
