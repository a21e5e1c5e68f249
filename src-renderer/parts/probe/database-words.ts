import type { Say } from '../../i18n/text';

/** Names a probe's database; null where it has none: then it has no version, or that of the engine. */
export function databaseWords(
  say: Say,
  versions: { readonly engineVersion: string | null; readonly databaseVersion: string | null },
): string | null {
  const { engineVersion, databaseVersion } = versions;
  return databaseVersion === null || databaseVersion === engineVersion
    ? null
    : say('parts.database', { version: databaseVersion });
}
