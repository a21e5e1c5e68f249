import { CircleX, DatabaseBackup, HardDrive, LockKeyhole, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ProbeStatus } from '../../../src-main/contract/ipc-schema';
import type { Pulse } from '../../../src-main/contract/pulse';
import { useFormat } from '../../format/use-format';
import { isolated, visibleName } from '../../format/visible-name';
import { currentText, useText } from '../../i18n/text';
import { act } from '../../state/act';
import { testProbes, useCanaries } from '../../state/canaries';
import { type DestinationHealth, readDestinations, useDestinationHealth } from '../../state/destination-health';
import { DEFAULT_PROFILE, useDropSetup } from '../../state/drop-setup';
import { go } from '../../state/navigation';
import { tellProblem } from '../../state/toasts';
import { Button } from '../Button';
import { cx } from '../class-names';
import { StartCommand } from '../probe/StartCommand';
import { useNow } from '../use-now';

const STEP_SECONDS = 10;

/** Why the gate is closed, since when, how many files wait, and what helps. */
export function GateAlert({
  pulse,
  probes,
}: {
  readonly pulse: Pulse;
  /** Empty while they are not known. */
  readonly probes: readonly ProbeStatus[];
}) {
  const say = useText();
  const format = useFormat();
  const now = useNow(STEP_SECONDS);
  const { gate, gateSince, counts } = pulse;
  const testing = useCanaries((state) => !gate.open && state.testing.has(gate.probe));
  if (gate.open) return null;
  const waiting = counts.waiting + counts.held;
  return (
    <Alert
      icon={LockKeyhole}
      look="bg-infected/10"
      tone="text-infected"
      more={<StartCommand command={probes.find(({ id }) => id === gate.probe)?.health.startCommand} />}
      actions={
        <>
          {gate.probe !== '' && (
            <Button kind="primary" disabled={testing} onClick={() => act(() => testAgain(gate.probe))}>
              {say(testing ? 'frame.testing' : 'frame.testAgain')}
            </Button>
          )}
          <Button onClick={() => go('probes', gate.probe)}>{say('frame.showProbe')}</Button>
        </>
      }
    >
      <bdi>{visibleName(say.told(gate.reason))}</bdi>{' '}
      <span className="text-muted" title={format.exact(gateSince)}>
        {say('frame.closed', { time: format.relative(Math.min(gateSince, now), now) })}
        {waiting > 0 && ` · ${say('frame.waiting', { count: waiting })}`}
      </span>
    </Alert>
  );
}

/** The probe gets its test file once more; that the gate stays closed is told. Throws CallError. */
async function testAgain(probe: string): Promise<void> {
  const answer = await testProbes([probe], DEFAULT_PROFILE);
  if (answer === null || answer.gate.open) return;
  const say = currentText();
  tellProblem(say('frame.stillClosed', { reason: isolated(visibleName(say.told(answer.gate.reason))) }));
}

/** What the engine tells of its ledger. */
export function NoticeAlert({ notice }: { readonly notice: string }) {
  const say = useText();
  return (
    <Alert
      icon={DatabaseBackup}
      look="bg-unverified/10"
      tone="text-unverified"
      actions={<Button onClick={() => go('queue', 'held')}>{say('overview.show.held')}</Button>}
    >
      <bdi>{visibleName(say.told(notice))}</bdi>
    </Alert>
  );
}

/** A destination that clean files cannot reach, why, and what helps. */
export function DestinationAlert({ health: { id, problem } }: { readonly health: DestinationHealth }) {
  const say = useText();
  const isReading = useDestinationHealth((state) => state.isReading);
  const hasForm = useDropSetup(({ setup }) => setup?.written.includes(id) === true);
  return (
    <Alert
      icon={CircleX}
      look="bg-unverified/10"
      tone="text-unverified"
      actions={
        <>
          <Button disabled={isReading} onClick={() => void readDestinations()}>
            {say('destinations.again')}
          </Button>
          <Button onClick={() => (hasForm ? go('destinations', id) : go('destinations'))}>
            {say('frame.showDestination')}
          </Button>
        </>
      }
    >
      {say('frame.destinationAway', {
        name: isolated(visibleName(id)),
        problem: isolated(visibleName(say.told(problem ?? ''))),
      })}{' '}
      <span className="text-muted">{say('frame.cleanWaits')}</span>
    </Alert>
  );
}

/** Why nothing new is taken for the moment. */
export function IntakeAlert({ reason }: { readonly reason: string }) {
  const say = useText();
  return (
    <Alert
      icon={HardDrive}
      look="bg-unverified/10"
      tone="text-unverified"
      actions={<Button onClick={() => go('settings', 'staging')}>{say('frame.showRoom')}</Button>}
    >
      {say('frame.intakePaused', { reason: isolated(visibleName(say.told(reason))) })}{' '}
      <span className="text-muted">{say('frame.intakeGoesOn')}</span>
    </Alert>
  );
}

function Alert({
  icon: Icon,
  look,
  tone,
  actions,
  more,
  children,
}: {
  readonly icon: LucideIcon;
  readonly look: string;
  readonly tone: string;
  readonly actions: ReactNode;
  /** On a line of its own. */
  readonly more?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div
      role="status"
      className={cx('flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-1.5', look)}
    >
      <Icon size={15} aria-hidden="true" className={cx('shrink-0', tone)} />
      <div className="min-w-0 flex-1 basis-80">
        <p className="[overflow-wrap:anywhere]">{children}</p>
        {more}
      </div>
      <div className="flex flex-wrap gap-2">{actions}</div>
    </div>
  );
}
