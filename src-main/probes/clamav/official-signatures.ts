import { readdir } from '../../base/files';
import type { FoundConfig } from './clamd-config';

/** Containers that freshclam brings, whose version clamd tells, and its notes beside them. */
const OFFICIAL =
  /^(?:(?:main|daily|bytecode)(?:-\d+)?\.(?:cvd|cld|cud)(?:\.sign)?|freshclam\.dat|mirrors\.dat|tmp\..*)$/i;

/**
 * Whether clamd has no signatures but those that its version tells of. VERSION names the daily database alone: after
 * signatures of one's own were added and loaded, it is the same as before. False also where that cannot be seen.
 */
export async function hasOfficialSignaturesOnly(found: FoundConfig | null): Promise<boolean> {
  const folder = found?.config.databaseDirectory ?? null;
  if (folder === null) return false;
  try {
    return (await readdir(folder)).every((name) => OFFICIAL.test(name));
  } catch {
    return false; // not for us to read: what lies there is not known
  }
}
