import { useText } from '../../i18n/text';
import { type Command, useCommandList } from '../../state/commands';
import { Dialog } from '../Dialog';
import { Keys } from '../Keys';

function byGroup(commands: readonly Command[]): Map<string, Command[]> {
  const groups = new Map<string, Command[]>();
  for (const command of commands)
    if (command.keys !== undefined) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return groups;
}

/** Every key that means something now. */
export function KeyList({ onClose }: { readonly onClose: () => void }) {
  const say = useText();
  const groups = byGroup(useCommandList());
  return (
    <Dialog open wide title={say('frame.keys')} onClose={onClose}>
      <section
        aria-label={say('frame.keys')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        className="gap-8 rounded-sm outline-offset-4 sm:columns-2"
      >
        {[...groups].map(([group, commands]) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-11 font-medium text-muted">{group}</h3>
            <ul>
              {commands.map((command) => (
                <li key={command.id} className="flex min-h-7 items-center gap-2">
                  <span className="min-w-0 flex-1">{command.title}</span>
                  <Keys names={command.keys ?? []} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </section>
    </Dialog>
  );
}
