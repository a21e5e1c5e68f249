import { CONFIGURED_PROBES, DEFAULT_PROBES } from '../contract/settings';
import type { ResolvedSettings } from './settings-paths';
import type { SettingsProblem } from './settings-problems';

/** Lists of the settings in which each entry is a probe of its own. */
const LISTS = ['remote', 'icap'] as const;

/** Whether it is a probe that is there once it has settings. */
export function isConfigured(probe: string): boolean {
  return (CONFIGURED_PROBES as readonly string[]).includes(probe);
}

/** The probes that profiles can name: those that are built in, and those that the settings add. */
export function probeIds({ probes }: ResolvedSettings): string[] {
  const configured = CONFIGURED_PROBES.filter((id) => probes[id] !== undefined);
  return [...DEFAULT_PROBES, ...configured, ...LISTS.flatMap((list) => probes[list].map(({ id }) => id))];
}

/** Probes of one's own that are called like another one, or lack what they cannot do without. */
export function probeProblems(settings: ResolvedSettings): SettingsProblem[] {
  return [...sameNames(settings), ...halfKeys(settings)];
}

function halfKeys({ probes }: ResolvedSettings): SettingsProblem[] {
  return probes.remote.flatMap(({ tls }, index) => {
    if ((tls?.certFile === undefined) === (tls?.keyFile === undefined)) return [];
    const text = 'has only one of certFile and keyFile; write both, or none';
    return [{ path: ['probes', 'remote', index, 'tls'], text }];
  });
}

/** Results, findings and exceptions name a probe by its id alone: no two may have the same. */
function sameNames({ probes }: ResolvedSettings): SettingsProblem[] {
  const taken = new Set<string>([...DEFAULT_PROBES, ...CONFIGURED_PROBES]);
  const isNew = (id: string) => taken.size < taken.add(id).size;
  return LISTS.flatMap((list) =>
    probes[list].flatMap(({ id }, index) =>
      isNew(id)
        ? []
        : [
            {
              path: ['probes', list, index, 'id'],
              text: `"${id}" is the name of another probe; write a name of its own`,
            },
          ],
    ),
  );
}
