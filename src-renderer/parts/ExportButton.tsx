import { ChevronDown } from 'lucide-react';
import { useText } from '../i18n/text';
import type { Command } from '../state/commands';
import { Button } from './Button';
import { Menu } from './Menu';

/** All that exports something, under one button; a single one is its own. */
export function ExportButton({ commands }: { readonly commands: readonly Command[] }) {
  const say = useText();
  const [only, ...others] = commands;
  if (only === undefined) return null;
  if (others.length === 0)
    return (
      <Button disabled={only.enabled === false} onClick={() => only.run()}>
        {only.title}
      </Button>
    );
  return (
    <Menu commands={commands}>
      <Button>
        {say('parts.export')}
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
    </Menu>
  );
}
