import type { KeepingPlace } from '../pipeline/dispose';
import type { HeldStore } from '../sinks/held/store';
import type { QuarantineStore } from '../sinks/quarantine/store';

/** The quarantine or the held folder as the pipeline uses it. */
export function keepingPlace(store: HeldStore | QuarantineStore): KeepingPlace {
  return {
    put: (file) => store.put(file),
    reportPath: (location) => store.reportPath(location),
    reportPathWithoutBytes: (file) => store.reportPathWithoutBytes(file),
    writeReport: (path, text) => store.writeReport(path, text),
    remove: (location, report) => store.remove(location, report),
  };
}
