import { startScan } from '../engine/scan';
import { follow } from './follow';
import type { FileOptions } from './options';
import { namedPaths } from './paths';
import { loggerFor, settingsFor } from './settings';
import { writerFor } from './writer';

/**
 * `dropgate scan PATH...`: looks at files where they are; nothing is moved. A signal ends it as cancelled. Resolves with
 * the exit code.
 */
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
  // as Ctrl+C: its folder and its children go with it
  const end = () => void process.emit('SIGINT');
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  try {
    return await follow(scan.client, scan.submission, writerFor(options));
  } finally {
    await scan.close();
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.off(signal, end);
  }
}
