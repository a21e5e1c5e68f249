import { useEffect, useState } from 'react';

/** The value once it stayed the same for `ms`: what is expensive need not follow a key that is held down. */
export function useCalm<Value>(value: Value, ms: number): Value {
  const [calm, setCalm] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setCalm(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return calm;
}
