import type { Configuration } from '../../state/configuration';
import type { DestinationHealth } from '../../state/destination-health';
import { keyed, valueAt } from '../../state/settings-tree';

/** A destination of dropgate.yaml, or one that the engine brings along; `health` null until the engine has taken it over. */
export interface DestinationRow {
  readonly name: string;
  readonly kind: string;
  /** Folder, or bucket with prefix. */
  readonly place: string | null;
  readonly isWritten: boolean;
  readonly health: DestinationHealth | null;
  /** Profiles whose clean files go there. */
  readonly profiles: readonly string[];
}

export const draftOf = (name: string) => `destination:${name}`;

export function destinationRows(
  { written, effective }: Pick<Configuration, 'written' | 'effective'>,
  healths: readonly DestinationHealth[],
): DestinationRow[] {
  const listed = keyed(valueAt(written, ['destinations']));
  const profiles = Object.entries(keyed(valueAt(effective, ['profiles'])));
  const names = new Set([...Object.keys(listed), ...healths.map(({ id }) => id)]);
  return [...names].map((name) => {
    const health = healths.find(({ id }) => id === name) ?? null;
    const entry = listed[name] ?? valueAt(effective, ['destinations', name]);
    const [kind, dir, bucket, prefix] = ['kind', 'dir', 'bucket', 'prefix'].map((key) => {
      const value = valueAt(entry, [key]);
      return typeof value === 'string' ? value : null;
    });
    return {
      name,
      kind: kind ?? health?.kind ?? '',
      place: dir ?? (bucket == null ? null : `s3://${bucket}/${prefix ?? ''}`),
      isWritten: Object.hasOwn(listed, name),
      health,
      profiles: profiles.filter(([, profile]) => valueAt(profile, ['destination']) === name).map(([id]) => id),
    };
  });
}
