import type { Detections } from '../workers/daemon/detections';
import type { DetectionSettings } from './daemon-settings';
import type { ResolvedSettings } from './settings-paths';
import { PROGRAM } from './version';

/**
 * What a worker's daemon runs: the definitions of `probes.command`. The one place where the two are joined; the daemon
 * knows only the interface.
 */
export function createDetections(_settings: ResolvedSettings, _runs: DetectionSettings): Detections {
  const problem = 'this worker has no definitions; write probes.command.apis';
  return {
    find: () => Promise.resolve(null),
    health: () => Promise.resolve({ problem, engineVersion: PROGRAM, databaseVersion: null }),
    run: () => Promise.reject(new Error(problem)),
    close: () => Promise.resolve(),
  };
}
