import { Copy } from 'lucide-react';
import { visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { act } from '../../state/act';
import { copyText } from '../../state/copy-text';
import { Button } from '../Button';

/** The command line with which a person can start what a probe misses, and a button that copies it. */
export function StartCommand({ command }: { readonly command: string | undefined }) {
  const say = useText();
  if (command === undefined) return null;
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-1.5">
      <span className="text-muted">{say('probes.startWith')}</span>
      <code className="min-w-0 text-11 [overflow-wrap:anywhere]">
        <bdi>{visibleName(command)}</bdi>
      </code>
      <Button
        kind="quiet"
        icon={Copy}
        aria-label={say('probes.copyCommand')}
        className="h-6 w-6 text-muted"
        onClick={() => act(() => copyText(command))}
      />
    </span>
  );
}
