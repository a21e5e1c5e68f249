import { useText } from '../i18n/text';
import { Chip, VERDICT_LOOKS } from './Chip';

const COUNTED = ['infected', 'suspicious', 'unverified', 'clean'] as const;

/** How many files got which verdict, the worst first; verdicts that none got are left out. */
export function VerdictCounts({ counts }: { readonly counts: Readonly<Record<(typeof COUNTED)[number], number>> }) {
  const say = useText();
  return (
    <span className="flex flex-wrap gap-1">
      {COUNTED.filter((verdict) => counts[verdict] > 0).map((verdict) => (
        <Chip key={verdict} {...VERDICT_LOOKS[verdict]}>
          {say(`counted.${verdict}`, { count: counts[verdict] })}
        </Chip>
      ))}
    </span>
  );
}
