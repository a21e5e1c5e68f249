import { type ReactNode, useMemo } from 'react';
import type { ItemPage } from '../../../src-main/contract/item-view';
import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';
import { titleAmong, useProbeTitles } from '../../state/probe-titles';
import { ChildrenTree } from './ChildrenTree';
import { CustodyCheck } from './CustodyCheck';
import { custodyEntries } from './custody-entries';
import { FindingList } from './FindingList';
import { Guidance } from './Guidance';
import { ProbeRows } from './ProbeRows';
import { Timeline } from './Timeline';

interface SectionProps {
  readonly title: string;
  /** Under the heading of the page itself. */
  readonly alone: boolean;
  readonly children: ReactNode;
}

function Section({ title, alone, children }: SectionProps) {
  const Heading = alone ? 'h2' : 'h3';
  return (
    <section className="min-w-0 flex-1 basis-72">
      <Heading className="mb-1 border-b border-line pb-1 font-semibold">{title}</Heading>
      {children}
    </section>
  );
}

/** Findings first, then what each probe said, the files inside, and what happened when. */
export function ItemSections({
  page,
  alone,
  onRetry,
}: {
  readonly page: ItemPage;
  /** Nothing else is shown: the sections stand under the heading of the page. */
  readonly alone: boolean;
  readonly onRetry?: (() => void) | undefined;
}) {
  const say = useText();
  const format = useFormat();
  const probes = useProbeTitles();
  const titleOf = useMemo(() => titleAmong(probes), [probes]);
  const entries = useMemo(() => custodyEntries(page, titleOf, say, format), [page, titleOf, say, format]);
  const { item, children, childrenLeftOut } = page;
  const inside = children.length + childrenLeftOut;
  return (
    <div className="flex flex-wrap gap-x-8 gap-y-5">
      <Section alone={alone} title={say('parts.findings')}>
        {item.findings.length === 0 && item.verdict !== 'clean' ? (
          <p className="py-1 text-muted">{say(inside > 0 ? 'item.noOwnFindings' : 'item.noFindingsYet')}</p>
        ) : (
          <FindingList findings={item.findings} titleOf={titleOf} />
        )}
        <Guidance guidance={page.guidance} />
      </Section>
      <Section alone={alone} title={say('parts.probes')}>
        {item.jobs.length === 0 ? (
          <p className="py-1 text-muted">{say('item.noProbes')}</p>
        ) : (
          <ProbeRows jobs={item.jobs} titleOf={titleOf} onRetry={onRetry} />
        )}
      </Section>
      {inside > 0 && (
        <Section alone={alone} title={`${say('parts.children')} (${format.count(inside)})`}>
          <ChildrenTree root={item.id} members={children} leftOut={childrenLeftOut} />
        </Section>
      )}
      <Section alone={alone} title={say('parts.timeline')}>
        <Timeline entries={entries} />
        <CustodyCheck />
      </Section>
    </div>
  );
}
