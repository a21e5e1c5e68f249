import { Check, ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { Button } from './Button';
import { cx } from './class-names';
import { useOverlayContainer } from './overlay-container';

export interface FilterChoice {
  readonly value: string;
  readonly title: string;
  readonly chosen: boolean;
}

/** One condition of a list: a chip that says what is chosen, and opens the choices. */
export function FilterMenu({
  title,
  choices,
  many,
  empty,
  onToggle,
}: {
  readonly title: string;
  readonly choices: readonly FilterChoice[];
  /** Several may be chosen, and the menu stays open; else one, which pressed again is none. */
  readonly many: boolean;
  /** Instead of no choices at all. */
  readonly empty?: string;
  readonly onToggle: (value: string) => void;
}) {
  const container = useOverlayContainer();
  const chosen = choices.filter((choice) => choice.chosen);
  const words = chosen.length === 0 ? title : `${title}: ${chosen.map((choice) => choice.title).join(', ')}`;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button
          className={cx('max-w-72 rounded-full', chosen.length > 0 && 'border-accent bg-selected')}
          title={chosen.length > 0 ? words : undefined}
        >
          <span className="min-w-0 truncate">{words}</span>
          <ChevronDown size={14} aria-hidden="true" className="shrink-0 text-muted" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-[min(400px,80vh)] max-w-[min(440px,90vw)] min-w-44 overflow-auto rounded-md border border-line bg-raised p-1 text-text shadow-float"
        >
          {choices.length === 0 && <p className="px-2 py-1 text-muted">{empty}</p>}
          {choices.map((choice) => (
            <DropdownMenu.CheckboxItem
              key={choice.value}
              checked={choice.chosen}
              onSelect={(event) => {
                if (many) event.preventDefault();
              }}
              onCheckedChange={() => onToggle(choice.value)}
              className="flex min-h-7 items-center gap-2 rounded-sm px-2 py-0.5 outline-none data-[highlighted]:bg-hover"
            >
              <span className="flex size-4 shrink-0 items-center justify-center">
                <DropdownMenu.ItemIndicator>
                  <Check size={14} aria-hidden="true" />
                </DropdownMenu.ItemIndicator>
              </span>
              <bdi className="min-w-0 [overflow-wrap:anywhere]">{choice.title}</bdi>
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
