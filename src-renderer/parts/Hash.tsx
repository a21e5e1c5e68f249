import { Copy } from 'lucide-react';
import { useText } from '../i18n/text';
import { act } from '../state/act';
import { copyText } from '../state/copy-text';
import { Button } from './Button';

/** The first and last figures of a hash (or all of it), and a button that copies it whole. */
export function Hash({
  value,
  label,
  whole = false,
}: {
  readonly value: string;
  /** `sha256`: before the figures, and what the button says it copies. */
  readonly label?: string;
  readonly whole?: boolean;
}) {
  const say = useText();
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1">
      {label !== undefined && <span className="text-muted">{label}</span>}
      <code title={value} className="min-w-0 text-11 [overflow-wrap:anywhere]">
        {whole ? value : `${value.slice(0, 6)}…${value.slice(-4)}`}
      </code>
      <Button
        kind="quiet"
        icon={Copy}
        aria-label={`${say('parts.copy')} ${label ?? ''}`.trim()}
        className="h-6 w-6 text-muted"
        onClick={() => act(() => copyText(value))}
      />
    </span>
  );
}
