import { RefreshCw, X } from 'lucide-react';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';

interface RowActsProps {
  readonly name: string;
  /** Left out: it cannot be cancelled any more. */
  readonly onCancel?: (() => void) | undefined;
  /** Left out: trying again changes nothing now. */
  readonly onRetry?: (() => void) | undefined;
}

/** Buttons of one row. */
export function RowActs({ name, onCancel, onRetry }: RowActsProps) {
  const say = useText();
  return (
    <span className="flex flex-1 justify-end">
      {onRetry !== undefined && (
        <Button
          kind="quiet"
          icon={RefreshCw}
          aria-label={say('queue.retryNamed', { name })}
          onClick={(event) => {
            event.stopPropagation();
            onRetry();
          }}
        />
      )}
      {onCancel !== undefined && (
        <Button
          kind="quiet"
          icon={X}
          aria-label={say('queue.cancelNamed', { name })}
          onClick={(event) => {
            event.stopPropagation();
            onCancel();
          }}
        />
      )}
    </span>
  );
}
