import { Archive, CircleCheck, CircleDashed, CircleX, Hourglass, LockKeyhole, type LucideIcon } from 'lucide-react';
import { useMemo } from 'react';
import { isolated, visibleName } from '../../format/visible-name';
import { type Say, useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { cx } from '../../parts/class-names';
import { DEFAULT_PROFILE } from '../../state/drop-setup';
import { go } from '../../state/navigation';
import { useProbeHealth } from '../../state/probe-health';
import { usePulse } from '../../state/pulse';
import { type Need, needsOf } from './needs';

/** What waits for a person, each with the way there. What is not known is never told as nothing. */
export function NeedsYou() {
  const say = useText();
  const gate = usePulse((pulse) => pulse?.gate ?? null);
  const counts = usePulse((pulse) => pulse?.counts ?? null);
  const probes = useProbeHealth(DEFAULT_PROFILE);
  const known = probes.value?.probes ?? null;
  const needs = useMemo(
    () => (gate === null || counts === null ? null : needsOf({ gate, counts }, known)),
    [gate, counts, known],
  );
  return (
    <section aria-labelledby="overview-needs">
      <h2 id="overview-needs" className="text-15 font-semibold">
        {say('overview.needs')}
      </h2>
      {probes.problem !== null && (
        <Line icon={CircleX} tone="text-infected" action={say('parts.retry')} onAction={probes.again}>
          {say('overview.probesUnknown', { problem: probes.problem })}
        </Line>
      )}
      {needs === null && (
        <Line icon={CircleDashed} tone="text-waiting">
          {say('overview.needsUnknown')}
        </Line>
      )}
      {needs?.length === 0 && known !== null && (
        <Line icon={CircleCheck} tone="text-clean">
          {say('overview.needsNone')}
        </Line>
      )}
      {needs !== null && needs.length > 0 && (
        <ul>
          {needs.map((need) => (
            <li key={need.kind === 'probe' ? `probe ${need.probe}` : need.kind}>
              <NeedLine need={need} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const LOOKS: Readonly<Record<Need['kind'], { readonly icon: LucideIcon; readonly tone: string }>> = {
  gate: { icon: LockKeyhole, tone: 'text-infected' },
  probe: { icon: CircleX, tone: 'text-unverified' },
  waiting: { icon: Hourglass, tone: 'text-waiting' },
  held: { icon: CircleDashed, tone: 'text-unverified' },
  quarantined: { icon: Archive, tone: 'text-infected' },
};
const SHOW = {
  waiting: 'overview.show.waiting',
  held: 'overview.show.held',
  quarantined: 'overview.show.quarantined',
} as const;

function wordsOf(say: Say, need: Need): string {
  switch (need.kind) {
    case 'gate':
      return say('overview.gateClosed', { reason: isolated(visibleName(say.told(need.reason))) });
    case 'probe': {
      const title = isolated(visibleName(need.title));
      return need.problem === null
        ? say('overview.probeAway', { title })
        : say('overview.probeAwayBecause', { title, problem: isolated(visibleName(say.told(need.problem))) });
    }
    default:
      return say(`overview.${need.kind}`, { count: need.count });
  }
}

function open(need: Need): void {
  if (need.kind === 'gate' || need.kind === 'probe') go('probes', need.probe);
  else if (need.kind === 'quarantined') go('quarantine');
  else go('queue', need.kind === 'held' ? 'held' : 'submissions');
}

function NeedLine({ need }: { readonly need: Need }) {
  const say = useText();
  const { icon, tone } = LOOKS[need.kind];
  const action = say(need.kind === 'gate' || need.kind === 'probe' ? 'frame.showProbe' : SHOW[need.kind]);
  const about = need.kind === 'probe' ? `${action}: ${visibleName(need.title)}` : undefined;
  return (
    <Line icon={icon} tone={tone} action={action} about={about} onAction={() => open(need)}>
      {wordsOf(say, need)}
    </Line>
  );
}

function Line({
  icon: Icon,
  tone,
  action,
  about,
  onAction,
  children,
}: {
  readonly icon: LucideIcon;
  readonly tone: string;
  readonly action?: string;
  /** The action's whole name, where the word alone stands more than once. */
  readonly about?: string | undefined;
  readonly onAction?: () => void;
  readonly children: string;
}) {
  return (
    <div className="flex min-h-9 items-center gap-3 border-b border-line/60 py-1">
      <Icon size={16} aria-hidden="true" className={cx('shrink-0', tone)} />
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</p>
      {action !== undefined && (
        <Button kind="quiet" aria-label={about} onClick={onAction}>
          {action}
        </Button>
      )}
    </div>
  );
}
