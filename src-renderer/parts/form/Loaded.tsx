import type { ReactNode } from 'react';
import { useText } from '../../i18n/text';
import { Banner } from '../Banner';
import { Button } from '../Button';
import { Spinner } from '../Spinner';

/** What was read, and what went wrong when it was read last; before the first answer, that it is being read. */
export function Loaded<Value>({
  value,
  problem,
  onRetry,
  children,
}: {
  readonly value: Value | null;
  readonly problem: string | null;
  readonly onRetry: () => void;
  readonly children: (value: Value) => ReactNode;
}) {
  const say = useText();
  return (
    <>
      {problem !== null && (
        <Banner tone="infected" actions={<Button onClick={onRetry}>{say('parts.retry')}</Button>}>
          {say('parts.loadFailed', { problem })}
        </Banner>
      )}
      {value === null ? problem === null && <Spinner /> : children(value)}
    </>
  );
}
