import { CircleDashed, Keyboard, LockKeyhole, LockKeyholeOpen, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { engine } from '../../bridge';
import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';
import { act } from '../../state/act';
import { pauseAll } from '../../state/connection';
import { go } from '../../state/navigation';
import { usePulse } from '../../state/pulse';
import { Button } from '../Button';
import { cx } from '../class-names';
import { useNow } from '../use-now';

/** Is the gate open? Why not, since when, how many files wait, and what helps. */
export function StatusStrip({ onKeys }: { readonly onKeys: () => void }) {
  const say = useText();
  const pulse = usePulse((state) => state);
  const now = useNow(10);
  const format = useFormat();
  const paused = pulse?.paused === true;
  const closed = pulse?.gate.open === false ? pulse.gate : null;
  const waiting = pulse === null ? 0 : pulse.counts.waiting + pulse.counts.held;
  return (
    <section
      aria-label={say('frame.status')}
      className={cx(
        'flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5',
        closed === null ? 'bg-surface' : 'bg-infected/10',
      )}
    >
      <GateWord open={pulse?.gate.open ?? null} />
      <p className="flex min-w-0 flex-1 basis-64 flex-wrap items-baseline gap-x-2 text-muted [overflow-wrap:anywhere]">
        {closed !== null && <span className="text-text">{closed.reason}</span>}
        {pulse?.gate.open === true && <span>{say('frame.required')}</span>}
        {pulse !== null && (
          <span title={format.exact(pulse.gateSince)}>
            {say('frame.gateSince', { time: format.duration(Math.max(0, now - pulse.gateSince)) })}
          </span>
        )}
        {waiting > 0 && <span className="font-medium text-text">{say('frame.waiting', { count: waiting })}</span>}
        {paused && <span className="font-medium text-suspicious">{say('frame.paused')}</span>}
      </p>
      <div className="flex items-center gap-2">
        {closed !== null && <ClosedGateHelp probe={closed.probe} />}
        <Button
          icon={paused ? Play : Pause}
          kind={paused ? 'primary' : 'plain'}
          disabled={pulse === null}
          onClick={() => act(() => pauseAll(!paused))}
        >
          {say(paused ? 'frame.resume' : 'frame.pause')}
        </Button>
        <Button kind="quiet" icon={Keyboard} aria-label={say('command.keys')} onClick={onKeys} />
      </div>
    </section>
  );
}

function GateWord({ open }: { readonly open: boolean | null }) {
  const say = useText();
  if (open === null)
    return (
      <span className="flex items-center gap-2 text-15 font-semibold text-waiting">
        <CircleDashed size={18} aria-hidden="true" />
        {say('frame.gateUnknown')}
      </span>
    );
  const Icon = open ? LockKeyholeOpen : LockKeyhole;
  return (
    <span className={cx('flex items-center gap-2 text-15 font-semibold', open ? 'text-clean' : 'text-infected')}>
      <Icon size={18} aria-hidden="true" />
      {say(open ? 'frame.gateOpen' : 'frame.gateClosed')}
    </span>
  );
}

function ClosedGateHelp({ probe }: { readonly probe: string }) {
  const say = useText();
  const [testing, setTesting] = useState(false);
  const test = async () => {
    setTesting(true);
    try {
      await engine('probes', { profile: null, canary: true });
    } finally {
      setTesting(false);
    }
  };
  return (
    <>
      <Button kind="primary" disabled={testing} onClick={() => act(test)}>
        {say('frame.testAgain')}
      </Button>
      <Button onClick={() => go('probes', probe)}>{say('frame.showProbe')}</Button>
    </>
  );
}
