import { withEngine } from './connect';
import { follow } from './follow';
import type { FileOptions } from './options';
import { namedPaths } from './paths';
import { writerFor } from './writer';

/** `dropgate gate PATH...`: scans and disposes by profile. Resolves with the exit code. */
export function gateCommand(paths: readonly string[], options: FileOptions): Promise<number> {
  return withEngine(options, async (client, { file }) => {
    const { submission } = await client.call('gate', {
      paths: namedPaths(paths).map((path) => path.toString('base64')),
      profile: options.profile,
      probes: options.probe.length === 0 ? null : options.probe,
      force: options.force === true,
      configuration: file === null ? null : Buffer.from(file).toString('base64'),
    });
    return follow(client, submission, writerFor(options));
  });
}
