import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/text';
import type { Command } from '../state/commands';
import { Button } from './Button';
import { FileName } from './FileName';
import { useFocusHeir } from './focus-heir';
import { ContextMenu, Menu } from './Menu';

/** One entry of a short list: its name and state, facts in one line, what is wrong, what can be done. */
export function EntryRow({
  name,
  chips,
  facts = [],
  problem = null,
  actions,
  commands = [],
  children,
}: {
  /** With hidden characters visible. */
  readonly name: string;
  readonly chips?: ReactNode;
  readonly facts?: readonly (string | null)[];
  readonly problem?: string | null;
  readonly actions?: ReactNode;
  /** Behind the three dots and the right button. */
  readonly commands?: readonly Command[];
  readonly children?: ReactNode;
}) {
  const say = useText();
  const inside = useFocusHeir();
  const told = facts.filter((fact) => fact !== null);
  return (
    <ContextMenu commands={commands}>
      <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line/60 py-2.5 last:border-0">
        <div ref={inside} className="min-w-0 flex-1 basis-72">
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <FileName name={name} className="font-medium" />
            {chips}
          </div>
          {told.length > 0 && <p className="text-muted [overflow-wrap:anywhere]">{told.join(' · ')}</p>}
          {problem !== null && (
            <p className="text-unverified [overflow-wrap:anywhere]">
              <bdi>{say.told(problem)}</bdi>
            </p>
          )}
          {children}
        </div>
        <div className="flex flex-wrap gap-2">
          {actions}
          {commands.length > 0 && (
            <Menu commands={commands}>
              <Button kind="quiet" icon={Ellipsis} aria-label={say('form.moreOf', { name })} />
            </Menu>
          )}
        </div>
      </li>
    </ContextMenu>
  );
}
