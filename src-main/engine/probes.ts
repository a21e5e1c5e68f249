import type { Settings } from '../contract/settings';
import { createArchiveProbe } from '../probes/archive/probe';
import { createClamavProbe } from '../probes/clamav/probe';
import { createCommandProbe } from '../probes/command/probe';
import { createFileTypeProbe } from '../probes/file-type/probe';
import { createHashListProbe } from '../probes/hash-list/probe';
import type { Probe } from '../probes/probe';
import { createRemoteProbe } from '../probes/remote/probe';
import { createYaraProbe } from '../probes/yara/probe';
import { resourcePath } from './resources';

/** Every probe of this version, by id. A new one is one line here. */
export function createProbes(
  settings: Settings,
  folders: { readonly staging: string; readonly indexes: string; readonly commands: string },
): Probe[] {
  const { probes } = settings;
  return [
    createClamavProbe(probes.clamav, { stagingDirs: [folders.staging] }),
    createYaraProbe(probes.yara, { builtInRules: resourcePath('rules') }),
    createHashListProbe(probes['hash-list'], { indexDir: folders.indexes }),
    createFileTypeProbe(),
    createArchiveProbe(),
    ...probes.remote.map((remote) => createRemoteProbe(remote, process.env)),
    ...(probes.command === undefined ? [] : [createCommandProbe(probes.command, { folder: folders.commands })]),
  ];
}
