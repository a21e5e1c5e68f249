import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import type { GateState } from '../../../src-main/contract/gate-state';
import type { ProbeStatus } from '../../../src-main/contract/ipc-schema';
import { messageOf } from '../../bridge';
import { isolated, visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { EntryRow } from '../../parts/EntryRow';
import { Loaded } from '../../parts/form/Loaded';
import { CanaryLine, ProbeChips } from '../../parts/probe/ProbeChips';
import { testProbes, useCanaries } from '../../state/canaries';
import { useDropSetup } from '../../state/drop-setup';
import { tellStep, useFirstRun } from '../../state/first-run';
import { go } from '../../state/navigation';
import { useProbeHealth } from '../../state/probe-health';
import { Step } from './Step';

/** Each probe finds its own test file. */
export function ProbeStep() {
  return (
    <Step step="probes">
      <ProbeTest />
    </Step>
  );
}

function ProbeTest() {
  const profile = useDropSetup((state) => state.profile);
  const probes = useProbeHealth(profile);
  return (
    <Loaded value={probes.value} problem={probes.problem} onRetry={probes.again}>
      {({ probes: all, gate }) => <Probes probes={all} gate={gate} profile={profile} onTested={probes.again} />}
    </Loaded>
  );
}

function Probes({
  probes,
  gate,
  profile,
  onTested,
}: {
  readonly probes: readonly ProbeStatus[];
  readonly gate: GateState;
  readonly profile: string;
  readonly onTested: () => void;
}) {
  const say = useText();
  const testing = useCanaries((state) => state.testing.size > 0);
  const results = useCanaries((state) => state.results);
  const end = useFirstRun(({ ends }) => ends.probes);
  const [problem, setProblem] = useState<string | null>(null);
  const test = async () => {
    setProblem(null);
    try {
      const answer = await testProbes(
        probes.map(({ id }) => id),
        profile,
      );
      if (answer !== null) tellStep('probes', answer.gate.open);
    } catch (error) {
      setProblem(messageOf(error));
      tellStep('probes', false);
    }
    onTested();
  };
  const tested = probes.some(({ id }) => results.has(id));
  // what other views tested says nothing of this step
  const isTold = tested && !testing && problem === null && (end === 'proved' || !gate.open);
  return (
    <>
      <Button
        kind={tested ? 'plain' : 'primary'}
        icon={FlaskConical}
        className="self-start"
        disabled={testing || probes.length === 0}
        onClick={() => void test()}
      >
        {say(tested ? 'firstRun.testProbesAgain' : 'firstRun.testProbes')}
      </Button>
      {problem !== null && <Banner tone="infected">{say('firstRun.testFailed', { problem })}</Banner>}
      <ul aria-label={say('view.probes')} aria-live="polite" className="flex flex-col">
        {probes.map((probe) => (
          <EntryRow
            key={probe.id}
            name={visibleName(probe.title)}
            chips={<ProbeChips probe={probe} />}
            problem={probe.health.problem}
            actions={
              probe.health.state !== 'ready' && (
                <Button
                  aria-label={`${say('frame.showProbe')}: ${visibleName(probe.title)}`}
                  onClick={() => go('probes', probe.id)}
                >
                  {say('frame.showProbe')}
                </Button>
              )
            }
          >
            <CanaryLine probe={probe.id} />
          </EntryRow>
        ))}
      </ul>
      {isTold && (
        <Banner tone={gate.open ? 'clean' : 'suspicious'}>
          {gate.open
            ? say('firstRun.probesProved')
            : say('firstRun.gateClosed', { reason: isolated(visibleName(say.told(gate.reason))) })}
        </Banner>
      )}
    </>
  );
}
