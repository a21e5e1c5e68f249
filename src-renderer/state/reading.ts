import { useCallback, useEffect, useRef, useState } from 'react';
import { messageOf } from '../bridge';

/** Something that is asked for and may change: what was told last stays while it is asked again or cannot be told. */
export interface Reading<Value> {
  readonly value: Value | null;
  readonly problem: string | null;
  readonly isReading: boolean;
  /** Asks again. */
  again(): void;
}

/** Asks now, and again whenever `revision` is another one; null: there is nobody to ask yet. Late answers are dropped. */
export function useReading<Value>(read: () => Promise<Value>, revision: string | number | null): Reading<Value> {
  const [state, setState] = useState<Omit<Reading<Value>, 'again'>>({ value: null, problem: null, isReading: false });
  const asking = useRef({ read, number: 0 });
  asking.current.read = read;
  const again = useCallback(() => {
    const { current } = asking;
    current.number += 1;
    const { number } = current;
    setState((before) => ({ ...before, isReading: true }));
    current.read().then(
      (value) => number === current.number && setState({ value, problem: null, isReading: false }),
      (error: unknown) =>
        number === current.number && setState(({ value }) => ({ value, problem: messageOf(error), isReading: false })),
    );
  }, []);
  // another revision is the reason to ask again
  useEffect(() => {
    if (revision !== null) again();
  }, [revision, again]);
  useEffect(
    () => () => {
      asking.current.number = -1;
    },
    [],
  );
  return { ...state, again };
}
