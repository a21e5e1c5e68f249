import { ToggleGroup } from 'radix-ui';
import { useText } from '../../i18n/text';
import { RANGES } from './figures';
import { useRange } from './use-overview';

/** How far the figures look back. */
export function RangeSwitch() {
  const say = useText();
  const range = useRange((state) => state.range);
  return (
    <ToggleGroup.Root
      type="single"
      value={range}
      aria-label={say('overview.range')}
      className="flex rounded-sm border border-line-strong/60 bg-surface"
      onValueChange={(value) => {
        const chosen = RANGES.find((each) => each === value);
        if (chosen !== undefined) useRange.setState({ range: chosen });
      }}
    >
      {RANGES.map((each) => (
        <ToggleGroup.Item
          key={each}
          value={each}
          className="h-7 px-3 font-medium whitespace-nowrap text-muted first:rounded-l-sm last:rounded-r-sm hover:bg-hover data-[state=on]:bg-selected data-[state=on]:text-text"
        >
          {say(`overview.range.${each}`)}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
