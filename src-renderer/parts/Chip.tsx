import {
  Ban,
  CircleDashed,
  CircleHelp,
  CircleSlash,
  type LucideIcon,
  RefreshCw,
  ShieldCheck,
  ShieldX,
  TriangleAlert,
} from 'lucide-react';
import type { ItemRow } from '../../src-main/contract/item-view';
import { useText } from '../i18n/text';
import { cx } from './class-names';

/** States that have a colour; each also has its icon and its word. */
export type Tone = 'clean' | 'suspicious' | 'infected' | 'unverified' | 'waiting' | 'moving';

const TONES: Readonly<Record<Tone, string>> = {
  clean: 'text-clean bg-clean/10',
  suspicious: 'text-suspicious bg-suspicious/10',
  infected: 'text-infected bg-infected/10',
  unverified: 'text-unverified bg-unverified/10',
  waiting: 'text-waiting bg-waiting/10',
  moving: 'text-moving bg-moving/10',
};

interface ChipProps {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly children: string;
  readonly large?: boolean;
}

export function Chip({ tone, icon: Icon, children, large = false }: ChipProps) {
  return (
    <span
      className={cx(
        'inline-flex max-w-full items-center gap-1 rounded-full font-medium whitespace-nowrap',
        large ? 'h-7 px-3 text-15' : 'h-5 px-2 text-11',
        TONES[tone],
      )}
    >
      <Icon size={large ? 16 : 12} aria-hidden="true" className="shrink-0" />
      <span className="truncate">{children}</span>
    </span>
  );
}

export type VerdictWord = NonNullable<ItemRow['verdict']>;
type Shown = VerdictWord | 'waiting' | 'moving';

/** Colour and icon of each verdict. */
export const VERDICT_LOOKS: Readonly<Record<Shown, { readonly tone: Tone; readonly icon: LucideIcon }>> = {
  clean: { tone: 'clean', icon: ShieldCheck },
  suspicious: { tone: 'suspicious', icon: TriangleAlert },
  infected: { tone: 'infected', icon: ShieldX },
  unverified: { tone: 'unverified', icon: CircleHelp },
  skipped: { tone: 'waiting', icon: CircleSlash },
  cancelled: { tone: 'waiting', icon: Ban },
  waiting: { tone: 'waiting', icon: CircleDashed },
  moving: { tone: 'moving', icon: RefreshCw },
};

/** A verdict by colour, icon and word; without one yet, that it waits or is in progress. */
export function VerdictChip({
  verdict,
  moving = false,
  large = false,
}: {
  readonly verdict: VerdictWord | null;
  readonly moving?: boolean;
  readonly large?: boolean;
}) {
  const say = useText();
  const shown: Shown = verdict ?? (moving ? 'moving' : 'waiting');
  const { tone, icon } = VERDICT_LOOKS[shown];
  return (
    <Chip tone={tone} icon={icon} large={large}>
      {say(`verdict.${shown}`)}
    </Chip>
  );
}
