import type { Configuration } from '../../state/configuration';
import { isList, type Json, keyed, texts, valueAt } from '../../state/settings-tree';

/** There whether the file names it or not. */
export const DEFAULT_PROFILE = 'default';

export interface ProfileRow {
  readonly name: string;
  readonly isWritten: boolean;
  readonly probes: readonly string[];
  /** Null: clean files stay in the data folder. */
  readonly destination: string | null;
  readonly source: string | null;
  /** How many watched folders use it. */
  readonly folders: number;
}

export const draftOf = (name: string) => `profile:${name}`;

const text = (value: Json | undefined) => (typeof value === 'string' ? value : null);

/** The default profile first, then those of the file in their order. */
export function profileRows({ written, effective }: Pick<Configuration, 'written' | 'effective'>): ProfileRow[] {
  const listed = keyed(valueAt(written, ['profiles']));
  const watched = valueAt(written, ['watch']);
  const users = (isList(watched) ? watched : []).map((entry) => text(valueAt(entry, ['profile'])) ?? DEFAULT_PROFILE);
  return [...new Set([DEFAULT_PROFILE, ...Object.keys(listed)])].map((name) => {
    const used = valueAt(effective, ['profiles', name]) ?? listed[name];
    return {
      name,
      isWritten: Object.hasOwn(listed, name),
      probes: texts(valueAt(used, ['probes'])),
      destination: text(valueAt(used, ['destination'])),
      source: text(valueAt(used, ['source'])),
      folders: users.filter((user) => user === name).length,
    };
  });
}
