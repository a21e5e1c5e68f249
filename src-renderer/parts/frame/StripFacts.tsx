import {
  CircleCheck,
  CircleDashed,
  CircleX,
  Hourglass,
  LockKeyhole,
  LockKeyholeOpen,
  type LucideIcon,
  Pause,
  RefreshCw,
  Send,
} from 'lucide-react';
import type { IpcResult } from '../../../src-main/contract/ipc-schema';
import type { Pulse } from '../../../src-main/contract/pulse';
import { useFormat } from '../../format/use-format';
import { visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import type { Reading } from '../../state/reading';
import { cx } from '../class-names';
import { FileName } from '../FileName';
import { useNow } from '../use-now';
import { StripFact, WIDE_ONLY } from './StripFact';
import { type DestinationsFact, type ProbesFact, probesFact, type WorkFact, workFact } from './strip-facts';

const MINUTE_SECONDS = 60;

export function GateFact({ pulse }: { readonly pulse: Pulse | null }) {
  const say = useText();
  const format = useFormat();
  const to = { view: 'overview', path: [] } as const;
  if (pulse === null)
    return (
      <StripFact icon={CircleDashed} tone="text-waiting" to={to}>
        <span className="text-15 font-semibold text-waiting">{say('frame.gateUnknown')}</span>
      </StripFact>
    );
  const { open } = pulse.gate;
  const title = open ? say('frame.openSince', { time: format.exact(pulse.gateSince) }) : undefined;
  const tone = open ? 'text-clean' : 'text-infected';
  return (
    <StripFact icon={open ? LockKeyholeOpen : LockKeyhole} tone={tone} to={to} title={title}>
      <span className={`text-15 font-semibold ${tone}`}>{say(open ? 'frame.gateOpen' : 'frame.gateClosed')}</span>
    </StripFact>
  );
}

/** How many of the required probes are ready, and how old what they know is. */
export function ProbesStripFact({
  reading: { value, problem },
  pulse,
}: {
  readonly reading: Reading<IpcResult<'probes'>>;
  readonly pulse: Pulse;
}) {
  const say = useText();
  const to = { view: 'probes', path: [] } as const;
  // what could not be read any more is not told as if it were so
  if (problem !== null)
    return (
      <StripFact icon={CircleDashed} tone="text-waiting" to={to} title={problem}>
        {say('frame.probesUnknown')}
      </StripFact>
    );
  if (value === null) return null;
  const fact = probesFact(value.probes, pulse.gate);
  const isWell = fact.required > 0 && fact.ready === fact.required;
  return (
    <StripFact
      icon={isWell ? CircleCheck : CircleX}
      tone={isWell ? 'text-clean' : 'text-unverified'}
      to={to}
      title={say('frame.probesHelp')}
    >
      <span className="whitespace-nowrap">
        {fact.required === 0
          ? say('frame.probesNone')
          : say('frame.probesReady', { count: fact.ready, all: fact.required })}
      </span>
      <Signatures databases={fact.databases} />
    </StripFact>
  );
}

/** The age of the newest database, and of the oldest where that is another one; where there is little room of the oldest alone. */
function Signatures({ databases }: { readonly databases: ProbesFact['databases'] }) {
  const say = useText();
  const format = useFormat();
  const now = useNow(MINUTE_SECONDS);
  const newest = databases[0];
  const oldest = databases.at(-1);
  if (newest === undefined || oldest === undefined) return null;
  const ages = [newest, oldest].map(({ at }) => format.age(now - at));
  const range = [...new Set(ages)].join('\u00a0–\u00a0');
  const each = databases.map(({ title, at }) => `${visibleName(title)}: ${format.exact(at)}`).join('\n');
  return (
    <span title={each} className="whitespace-nowrap text-muted">
      <span className="max-[1099px]:hidden">{say('frame.signatures', { age: range })}</span>
      <span className="min-[1100px]:hidden">{say('frame.signatures', { age: format.age(now - oldest.at) })}</span>
    </span>
  );
}

/** Whether clean files can go where the profiles send them. */
export function DestinationsStripFact({
  fact: { used, away },
  problem,
}: {
  readonly fact: DestinationsFact;
  /** Why it could not be found out. */
  readonly problem: string | null;
}) {
  const say = useText();
  const to = { view: 'destinations', path: [] } as const;
  if (problem !== null)
    return (
      <StripFact icon={CircleDashed} tone="text-waiting" to={to} title={problem}>
        {say('frame.destinationsUnknown')}
      </StripFact>
    );
  const [only] = used;
  if (only === undefined)
    return (
      <StripFact icon={Send} tone="text-suspicious" to={{ view: 'profiles', path: [] }}>
        {say('frame.destinationsNone')}
      </StripFact>
    );
  const isWell = away.length === 0;
  const count = isWell ? used.length : away.length;
  return (
    <StripFact
      icon={isWell ? CircleCheck : CircleX}
      tone={isWell ? 'text-clean' : 'text-unverified'}
      to={to}
      title={(isWell ? used : away).map(({ id }) => visibleName(id)).join('\n')}
    >
      {used.length === 1 ? (
        <span className="flex max-w-40 min-w-0 max-[1099px]:max-w-24">
          <FileName name={visibleName(only.id)} />
        </span>
      ) : (
        <span className="whitespace-nowrap">{say('frame.destinations', { count })}</span>
      )}
      {/* that one is away stands below once more, with its reason */}
      <span className={cx('whitespace-nowrap', !isWell && WIDE_ONLY)}>
        {say(isWell ? 'frame.reachable' : 'frame.notReachable', { count })}
      </span>
    </StripFact>
  );
}

const WORK: Readonly<Record<WorkFact['kind'], { readonly icon: LucideIcon; readonly tone: string }>> = {
  paused: { icon: Pause, tone: 'text-suspicious' },
  moving: { icon: RefreshCw, tone: 'text-moving' },
  waiting: { icon: Hourglass, tone: 'text-waiting' },
  idle: { icon: CircleDashed, tone: 'text-waiting' },
};

/** What the gate does with files now. */
export function WorkStripFact({ pulse }: { readonly pulse: Pulse }) {
  const say = useText();
  const format = useFormat();
  const { kind, count } = workFact(pulse);
  const words = {
    paused: () => say('frame.isPaused'),
    moving: () => say('frame.moving', { count: format.shortCount(count) }),
    waiting: () => say('frame.waits', { count }),
    idle: () => say('frame.idle'),
  };
  const more = count > 0 ? ` ${say('frame.waiting', { count })}.` : '';
  return (
    <StripFact
      {...WORK[kind]}
      to={{ view: 'queue', path: [] }}
      title={kind === 'paused' ? `${say('frame.paused')}.${more}` : undefined}
    >
      <span className={kind === 'idle' ? 'whitespace-nowrap text-muted' : 'whitespace-nowrap'}>{words[kind]()}</span>
    </StripFact>
  );
}
