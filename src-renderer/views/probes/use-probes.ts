import type { IpcResult } from '../../../src-main/contract/ipc-schema';
import { engine } from '../../bridge';
import { usePulse } from '../../state/pulse';
import { type Reading, useReading } from '../../state/reading';

export const draftOf = (id: string) => `probe:${id}`;

/** Probes as they are now, with what a profile requires. */
export function useProbes(profile: string): Reading<IpcResult<'probes'>> {
  const revision = usePulse((pulse) =>
    pulse === null ? null : `${pulse.pid} ${pulse.revision.probes} ${pulse.revision.settings}`,
  );
  return useReading(
    () => engine('probes', { profile, canary: false }),
    revision === null ? null : `${revision} ${profile}`,
  );
}
