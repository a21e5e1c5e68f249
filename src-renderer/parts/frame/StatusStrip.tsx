import { Keyboard, Pause, Play } from 'lucide-react';
import { useText } from '../../i18n/text';
import { act } from '../../state/act';
import { pauseAll } from '../../state/connection';
import { useDestinationHealth } from '../../state/destination-health';
import { DEFAULT_PROFILE, useCurrentDropSetup, useDropSetup } from '../../state/drop-setup';
import { useProbeHealth } from '../../state/probe-health';
import { usePulse } from '../../state/pulse';
import { Button } from '../Button';
import { DestinationAlert, GateAlert, IntakeAlert, NoticeAlert } from './StripAlerts';
import { WIDE_ONLY } from './StripFact';
import { DestinationsStripFact, GateFact, ProbesStripFact, WorkStripFact } from './StripFacts';
import { destinationsFact } from './strip-facts';
import { useCurrentDestinations } from './use-current-destinations';

/** Is the gate open, can it work, what moves? Each fact leads to its view; below them stands what is wrong, with what helps. */
export function StatusStrip({ onKeys }: { readonly onKeys: () => void }) {
  const say = useText();
  const pulse = usePulse((state) => state);
  const probes = useProbeHealth(DEFAULT_PROFILE);
  const destinations = useUsedDestinations();
  return (
    <section aria-label={say('frame.status')} className="shrink-0 border-b border-line bg-surface">
      <div className="flex min-h-11 items-center gap-x-2 px-4 py-1">
        <ul className="-ml-2 flex min-w-0 flex-1 flex-wrap items-center gap-y-1 overflow-hidden">
          <GateFact pulse={pulse} />
          {pulse !== null && (
            <>
              <ProbesStripFact reading={probes} pulse={pulse} />
              {destinations !== null && <DestinationsStripFact {...destinations} />}
              <WorkStripFact pulse={pulse} />
            </>
          )}
        </ul>
        <PauseButton />
        <Button kind="quiet" icon={Keyboard} aria-label={say('command.keys')} onClick={onKeys} />
      </div>
      {typeof pulse?.notice === 'string' && <NoticeAlert notice={pulse.notice} />}
      {pulse !== null && <GateAlert pulse={pulse} probes={probes.value?.probes ?? []} />}
      {typeof pulse?.intake === 'string' && <IntakeAlert reason={pulse.intake} />}
      {pulse !== null && destinations?.fact.away.map((health) => <DestinationAlert key={health.id} health={health} />)}
    </section>
  );
}

function PauseButton() {
  const say = useText();
  const paused = usePulse((pulse) => pulse?.paused ?? null);
  const words = say(paused === true ? 'frame.resume' : 'frame.pause');
  return (
    <Button
      icon={paused === true ? Play : Pause}
      kind={paused === true ? 'primary' : 'plain'}
      disabled={paused === null}
      title={words}
      onClick={() => act(() => pauseAll(paused !== true))}
    >
      <span className={WIDE_ONLY}>{words}</span>
    </Button>
  );
}

/** The destinations that profiles send clean files to; null until both are known, or known not to be. */
function useUsedDestinations() {
  useCurrentDropSetup();
  useCurrentDestinations();
  const setup = useDropSetup((state) => state.setup);
  const { healths, problem } = useDestinationHealth();
  if (setup === null || (healths === null && problem === null)) return null;
  const names = setup.profiles.flatMap(({ destination }) => (destination === null ? [] : [destination]));
  return { fact: destinationsFact(problem === null ? (healths ?? []) : [], names), problem };
}
