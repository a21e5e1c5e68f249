import { useEffect } from 'react';
import { readDestinations } from '../../state/destination-health';
import { usePulse } from '../../state/pulse';
import { useNow } from '../use-now';

/** How often destinations are looked at while the window is seen: each look is a request to each of them. */
const LOOK_SECONDS = 30;

/**
 * Keeps known whether destinations can be reached, while the component is there. Settings that changed and files that
 * begin or cease to wait are reasons to look at once.
 */
export function useCurrentDestinations(): void {
  const revision = usePulse((pulse) =>
    pulse === null ? null : `${pulse.pid} ${pulse.revision.settings} ${pulse.counts.waiting > 0}`,
  );
  const look = useNow(LOOK_SECONDS);
  useEffect(() => {
    if (revision !== null && document.visibilityState === 'visible') void readDestinations();
  }, [revision, look]);
}
