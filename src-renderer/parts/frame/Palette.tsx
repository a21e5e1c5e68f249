import { Command as Finder } from 'cmdk';
import { useText } from '../../i18n/text';
import { type Command, useCommandList } from '../../state/commands';
import { Dialog } from '../Dialog';
import { Keys } from '../Keys';

/** Every command that can be done now, found by typing. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const say = useText();
  const commands = useCommandList().filter(({ inPalette, enabled }) => inPalette !== false && enabled !== false);
  const groups = [...new Set(commands.map(({ group }) => group))];
  const run = (command: Command) => {
    onClose();
    // After the dialog is gone, so that what the command opens keeps the focus.
    setTimeout(() => command.run());
  };
  return (
    <Dialog open title={say('frame.palette')} onClose={onClose}>
      <Finder label={say('frame.palette')}>
        <Finder.Input
          placeholder={say('frame.paletteFind')}
          className="mb-2 h-8 w-full rounded-sm border border-line-strong/60 bg-surface px-2"
        />
        <Finder.List className="max-h-[50vh] overflow-auto">
          <Finder.Empty className="p-2 text-muted">{say('frame.paletteNone')}</Finder.Empty>
          {groups.map((group) => (
            <Finder.Group
              key={group}
              heading={group}
              className="mb-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:text-muted"
            >
              {commands
                .filter((command) => command.group === group)
                .map((command) => (
                  <Finder.Item
                    key={command.id}
                    value={`${command.title} ${command.id}`}
                    onSelect={() => run(command)}
                    className="flex h-8 items-center gap-3 rounded-sm px-2 data-[selected=true]:bg-selected"
                  >
                    <span className="min-w-0 flex-1 truncate">{command.title}</span>
                    <Keys names={command.keys?.slice(0, 1) ?? []} />
                  </Finder.Item>
                ))}
            </Finder.Group>
          ))}
        </Finder.List>
      </Finder>
    </Dialog>
  );
}
