import { Ellipsis, X } from 'lucide-react';
import { useText } from '../../i18n/text';
import type { Command } from '../../state/commands';
import { Button } from '../Button';
import { ExportButton } from '../ExportButton';
import { Menu } from '../Menu';

interface BulkBarProps {
  readonly count: number;
  /** What can be done with all that is selected; exports under one button, those `inMenu` behind the one with three dots. */
  readonly commands: readonly Command[];
  /** Behind that button too. */
  readonly more: readonly Command[];
  readonly onNone: () => void;
}

/** What can be done with the selected rows, and how many they are. */
export function BulkBar({ count, commands, more, onNone }: BulkBarProps) {
  const say = useText();
  const exports = commands.filter(({ isExport }) => isExport === true);
  const others = commands.filter(({ isExport }) => isExport !== true);
  const buttons = others.filter(({ inMenu }) => inMenu !== true);
  const hidden = others.filter(({ inMenu }) => inMenu === true);
  return (
    <div
      role="toolbar"
      aria-label={say('table.selected', { count })}
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-t border-line bg-surface px-4 py-1.5"
    >
      <span className="mr-1 font-medium">{say('table.selected', { count })}</span>
      {buttons.map((command) => (
        <Button
          key={command.id}
          kind={command.danger === true ? 'danger' : 'plain'}
          disabled={command.enabled === false}
          onClick={() => command.run()}
        >
          {command.title}
        </Button>
      ))}
      <ExportButton commands={exports} />
      <Menu commands={[...hidden, ...more]}>
        <Button kind="quiet" icon={Ellipsis} aria-label={say('parts.more')} />
      </Menu>
      <span className="flex-1" />
      <Button kind="quiet" icon={X} onClick={onNone}>
        {say('table.selectNone')}
      </Button>
    </div>
  );
}
