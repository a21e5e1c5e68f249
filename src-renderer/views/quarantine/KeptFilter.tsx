import { ToggleGroup } from 'radix-ui';
import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';
import { usePulse } from '../../state/pulse';
import { KEPT_SHOWN, type KeptShown, showKept } from './quarantine-store';

/** Which of what is kept: all, only what was quarantined, only what is held; with how many there are. */
export function KeptFilter({ shown }: { readonly shown: KeptShown }) {
  const say = useText();
  const format = useFormat();
  const quarantined = usePulse((pulse) => pulse?.counts.quarantined ?? null);
  const held = usePulse((pulse) => pulse?.counts.held ?? null);
  const counts = { quarantined, held, all: quarantined === null || held === null ? null : quarantined + held };
  return (
    <ToggleGroup.Root
      type="single"
      value={shown}
      aria-label={say('quarantine.show')}
      className="flex rounded-sm border border-line-strong/60 bg-surface"
      onValueChange={(value) => {
        const chosen = KEPT_SHOWN.find((each) => each === value);
        if (chosen !== undefined) showKept({ shown: chosen });
      }}
    >
      {KEPT_SHOWN.map((each) => (
        <ToggleGroup.Item
          key={each}
          value={each}
          className="h-7 px-3 font-medium whitespace-nowrap text-muted first:rounded-l-sm last:rounded-r-sm hover:bg-hover data-[state=on]:bg-selected data-[state=on]:text-text"
        >
          {say(`quarantine.show.${each}`)}
          {counts[each] !== null && <span className="ms-1.5 font-normal">{format.shortCount(counts[each])}</span>}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
