import { lstatSync, statSync } from '../../base/files';
import { usualConfig } from './clamd-config';

/** Sockets of Debian, Fedora, Arch and Homebrew. */
const USUAL_SOCKETS = [
  '/run/clamav/clamd.ctl',
  '/var/run/clamav/clamd.ctl',
  '/run/clamd.scan/clamd.sock',
  '/run/clamav/clamd.sock',
  '/tmp/clamd.socket',
];

/** In a folder for everybody anyone could pose as clamd: there only a socket that root made counts. */
function isSocket(path: string): boolean {
  try {
    return statSync(path).isSocket() && (!path.startsWith('/tmp/') || lstatSync(path).uid === 0);
  } catch {
    return false; // not there, or in a folder that hides it: not found
  }
}

/** Path of the unix socket of a clamd on this machine, in the usual places or where a readable clamd.conf puts it. */
export function findClamdSocket(): string | null {
  if (process.platform === 'win32') return null;
  const usual = USUAL_SOCKETS.find(isSocket);
  if (usual !== undefined) return usual;
  const configured = usualConfig()?.config.localSocket ?? null;
  return configured !== null && isSocket(configured) ? configured : null;
}
