import { ChartColumn } from 'lucide-react';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { EmptyState } from '../../parts/EmptyState';
import { Loaded } from '../../parts/form/Loaded';
import { Page } from '../../parts/Page';
import { go } from '../../state/navigation';
import { usePulse } from '../../state/pulse';
import { filesOf, totalOf } from './figures';
import { NeedsYou } from './NeedsYou';
import { OverTime } from './OverTime';
import { ProbeTables } from './ProbeTables';
import { RangeSwitch } from './RangeSwitch';
import { type RangeFigures, useOverview } from './use-overview';

/** What needs a person, what came to the gate, and how the probes did. */
export function OverviewView() {
  const say = useText();
  const { value, problem, again } = useOverview();
  const running = usePulse((pulse) => pulse !== null);
  return (
    <Page title={say('view.overview')} actions={<RangeSwitch />}>
      <div className="flex flex-col gap-6">
        <NeedsYou />
        {value === null && !running ? (
          <p className="text-muted">{say('overview.noEngine')}</p>
        ) : (
          <Loaded value={value} problem={problem} onRetry={again}>
            {(figures) => <Figures figures={figures} />}
          </Loaded>
        )}
      </div>
    </Page>
  );
}

function Figures({ figures }: { readonly figures: RangeFigures }) {
  const say = useText();
  const { hours, probes } = figures.overview;
  if (filesOf(totalOf(hours)) === 0 && probes.length === 0)
    return (
      <EmptyState icon={ChartColumn} title={say(`overview.empty.${figures.range}`)}>
        <p>{say('overview.emptyHelp')}</p>
        <Button onClick={() => go('drop')}>{say('overview.goDrop')}</Button>
      </EmptyState>
    );
  return (
    <>
      <OverTime figures={figures} />
      <ProbeTables probes={probes} />
    </>
  );
}
