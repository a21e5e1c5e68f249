import { Ban, type LucideIcon, Send, ShieldAlert, SlidersHorizontal, Upload } from 'lucide-react';
import { useText } from '../../i18n/text';
import { cx } from '../../parts/class-names';
import { refusalWords } from '../../parts/drop/refusal-words';
import { WhoSees } from '../../parts/drop/WhoSees';
import { useDrop } from '../../state/drop';
import { useCurrentDropSetup, useDropPlan, useRefusal } from '../../state/drop-setup';
import { usePulse } from '../../state/pulse';

/** What a drop would do, while files hang over the window; or why it would not. */
export function DropOverlay() {
  const say = useText();
  useCurrentDropSetup();
  const over = useDrop((state) => state.over);
  const refusal = useRefusal();
  return (
    <section
      aria-label={say('view.drop')}
      className={cx(
        'm-3 flex h-[calc(100%-24px)] flex-col items-center justify-center gap-4 rounded-lg border-2 border-dashed bg-surface p-6 text-center',
        refusal === null ? 'border-accent' : 'border-infected',
      )}
    >
      {refusal === null ? (
        <>
          <Upload size={36} aria-hidden="true" className="text-accent" />
          <p className="text-20 font-semibold">{say('drop.over', { count: over })}</p>
          <OverlayPlan />
        </>
      ) : (
        <>
          <Ban size={36} aria-hidden="true" className="text-infected" />
          <p className="text-20 font-semibold">{say('drop.overRefused')}</p>
          <p className="max-w-xl text-15 [overflow-wrap:anywhere]">{refusalWords(say, refusal)}</p>
        </>
      )}
    </section>
  );
}

function OverlayPlan() {
  const say = useText();
  const plan = useDropPlan();
  const closed = usePulse((pulse) => pulse?.gate.open === false);
  return (
    <ul className="flex max-w-xl flex-col gap-2 text-left text-15">
      <Line icon={SlidersHorizontal}>{say('drop.overProfile', { profile: plan.profile })}</Line>
      {plan.destination !== null && <Line icon={Send}>{say('drop.overClean', { destination: plan.destination })}</Line>}
      <WhoSees plan={plan} />
      {closed && (
        <Line icon={ShieldAlert} tone="text-suspicious">
          {say('drop.gateClosed')}
        </Line>
      )}
    </ul>
  );
}

function Line({
  icon: Icon,
  tone = 'text-muted',
  children,
}: {
  readonly icon: LucideIcon;
  readonly tone?: string;
  readonly children: string;
}) {
  return (
    <li className="flex items-start gap-3">
      <Icon size={18} aria-hidden="true" className={cx('mt-0.5 shrink-0', tone)} />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </li>
  );
}
