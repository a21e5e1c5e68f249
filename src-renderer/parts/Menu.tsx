import { ContextMenu as ContextMenuBase, DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import type { Command } from '../state/commands';
import { cx } from './class-names';
import { Keys } from './Keys';
import { useOverlayContainer } from './overlay-container';

const PANEL =
  'z-50 min-w-48 max-h-[min(480px,90vh)] overflow-auto rounded-md border border-line bg-raised p-1 text-text shadow-float';
const ENTRY =
  'flex h-7 items-center gap-3 rounded-sm px-2 text-13 outline-none data-[highlighted]:bg-hover data-[disabled]:opacity-50';

type Item = typeof DropdownMenu.Item | typeof ContextMenuBase.Item;

function Entries({ commands, item: Item }: { readonly commands: readonly Command[]; readonly item: Item }) {
  return commands.map((command) => (
    <Item
      key={command.id}
      disabled={command.enabled === false}
      onSelect={() => command.run()}
      className={cx(ENTRY, command.danger === true && 'text-infected')}
    >
      <span className="min-w-0 flex-1 truncate">{command.title}</span>
      <Keys names={command.keys?.slice(0, 1) ?? []} />
    </Item>
  ));
}

/** A button (the child) that opens a menu of commands. */
export function Menu({ commands, children }: { readonly commands: readonly Command[]; readonly children: ReactNode }) {
  const container = useOverlayContainer();
  return (
    // Not modal: a modal menu would lock scrolling with a style element, which the page's policy refuses.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content align="end" sideOffset={4} collisionPadding={8} className={PANEL}>
          <Entries commands={commands} item={DropdownMenu.Item} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The child opens a menu of commands with the right button or the menu key. */
export function ContextMenu({
  commands,
  children,
}: {
  readonly commands: readonly Command[];
  readonly children: ReactNode;
}) {
  const container = useOverlayContainer();
  return (
    <ContextMenuBase.Root modal={false}>
      <ContextMenuBase.Trigger asChild disabled={commands.length === 0}>
        {children}
      </ContextMenuBase.Trigger>
      <ContextMenuBase.Portal container={container}>
        <ContextMenuBase.Content collisionPadding={8} className={PANEL}>
          <Entries commands={commands} item={ContextMenuBase.Item} />
        </ContextMenuBase.Content>
      </ContextMenuBase.Portal>
    </ContextMenuBase.Root>
  );
}
