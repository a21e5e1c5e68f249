import { useMemo } from 'react';
import { type DropPlan, planOf, useDropSetup } from '../../state/drop-setup';

/** What a drop would do now. */
export function useDropPlan(): DropPlan {
  const setup = useDropSetup((state) => state.setup);
  const probes = useDropSetup((state) => state.probes);
  const profile = useDropSetup((state) => state.profile);
  return useMemo(() => planOf(setup, probes, profile), [setup, probes, profile]);
}
