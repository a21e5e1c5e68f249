import { hostAndPort, isLoopback } from '../../base/host';
import type { ClamavSettings } from '../../contract/settings';

/** Where a clamd listens. */
export type Target =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number };

/** The port that clamd's own documentation uses for TCPSocket. */
const USUAL_PORT = 3310;

/** The daemon that the settings name, or null when they name none. */
export function configuredTarget(settings: ClamavSettings | undefined): Target | null {
  if (settings?.socket !== undefined) return { kind: 'unix', path: settings.socket };
  if (settings?.host === undefined && settings?.port === undefined) return null;
  return { kind: 'tcp', host: settings.host ?? '127.0.0.1', port: settings.port ?? USUAL_PORT };
}

/** How a target is called in messages: the socket's path, or host:port. */
export function targetName(target: Target): string {
  return target.kind === 'unix' ? target.path : hostAndPort(target.host, target.port);
}

/** Whether the daemon runs on this machine, so that bytes sent to it do not leave it. */
export function isOnThisMachine(target: Target): boolean {
  return target.kind === 'unix' || isLoopback(target.host);
}
