import type { IpcResult } from '../../src-main/contract/ipc-schema';
import { engine } from '../bridge';
import { usePulse } from './pulse';
import { type Reading, useReading } from './reading';

/** Probes with their health and what the profile requires of them; read again when probes or settings change. */
export function useProbeHealth(profile: string): Reading<IpcResult<'probes'>> {
  const revision = usePulse((pulse) =>
    pulse === null ? null : `${pulse.pid} ${pulse.revision.probes} ${pulse.revision.settings}`,
  );
  return useReading(
    () => engine('probes', { profile, canary: false }),
    revision === null ? null : `${revision} ${profile}`,
  );
}
