import { useEffect, useId } from 'react';
import { shell } from '../bridge';
import { act } from './act';

/** What holds changes that are nowhere but in this window. */
const holders = new Set<string>();

/** The shell asks before it closes a window in which anything is unsaved. */
export function setUnsaved(holder: string, isUnsaved: boolean): void {
  const before = holders.size > 0;
  if (isUnsaved) holders.add(holder);
  else holders.delete(holder);
  const unsaved = holders.size > 0;
  if (unsaved !== before) act(() => shell('set-unsaved', { unsaved }));
}

/** For what a component holds by itself. */
export function useUnsaved(isUnsaved: boolean): void {
  const holder = useId();
  useEffect(() => {
    setUnsaved(holder, isUnsaved);
    return () => setUnsaved(holder, false);
  }, [holder, isUnsaved]);
}
