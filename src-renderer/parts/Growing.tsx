import { type ReactNode, useState } from 'react';
import { useText } from '../i18n/text';
import { Button } from './Button';

const STEP = 100;

/** The first of many, and below them a button for the next: a page that holds thousands opens at once. */
export function Growing<Entry>({
  all,
  children,
}: {
  readonly all: readonly Entry[];
  readonly children: (shown: readonly Entry[]) => ReactNode;
}) {
  const say = useText();
  const [most, setMost] = useState(STEP);
  const more = all.length - most;
  return (
    <>
      {children(more > 0 ? all.slice(0, most) : all)}
      {more > 0 && (
        <Button kind="quiet" onClick={() => setMost(most + STEP)}>
          {say('parts.plusMore', { count: more })}
        </Button>
      )}
    </>
  );
}
