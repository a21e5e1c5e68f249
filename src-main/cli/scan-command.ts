import { startScan } from '../engine/scan';
import { exitCodeOf } from './exit-codes';
import { follow } from './follow';
import type { FileOptions } from './options';
import { namedPaths } from './paths';
import { loggerFor, settingsFor } from './settings';
import { writerFor } from './writer';

/** `dropgate scan PATH...`: looks at files where they are; nothing is moved. Resolves with the exit code. */
export async function scanCommand(paths: readonly string[], options: FileOptions): Promise<number> {
  const scan = await startScan({
    loaded: settingsFor(options),
    paths: namedPaths(paths),
    profile: options.profile,
    probes: options.probe.length === 0 ? null : options.probe,
    force: options.force === true,
    describeAll: options.json === true || options.ndjson === true,
    log: loggerFor(options),
  });
  try {
    const last = await follow(scan.client, scan.submission, writerFor(options));
    return exitCodeOf(last.summary);
  } finally {
    await scan.close();
  }
}
