import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clamd, startClamd } from './clamd';
import { MARKER_SIGNATURE } from './corpus';

/** A place where one clamd after another listens on the same socket. It also knows the marker of test/support/corpus. */
export interface ClamdPlace {
  readonly socket: string;
  /** Starts a clamd here; the one before must have ended. */
  start(extra?: string[]): Promise<Clamd>;
  remove(): void;
}

export function clamdPlace(): ClamdPlace {
  const folder = mkdtempSync(join(tmpdir(), 'dropgate-clamd-'));
  writeFileSync(join(folder, 'marker.ndb'), MARKER_SIGNATURE);
  return {
    socket: join(folder, 'clamd.sock'),
    start: (extra = []) => startClamd({ folder, extra }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Uid and gid of Debian's user for clamd; null when there is none, or when we may not become somebody else. */
export function clamavUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const fields = /^clamav:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  return fields === null ? null : { uid: Number(fields[1]), gid: Number(fields[2]) };
}

/** A place whose clamd runs as Debian's user, who cannot read what belongs to us. */
export function foreignClamdPlace(user: { uid: number; gid: number }): ClamdPlace {
  const folder = mkdtempSync(join(tmpdir(), 'dropgate-clamd-'));
  chownSync(folder, user.uid, user.gid);
  return {
    socket: join(folder, 'clamd.sock'),
    start: (extra = []) => startClamd({ folder, extra: ['User clamav', ...extra] }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
