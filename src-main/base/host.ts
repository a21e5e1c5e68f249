import { isIP } from 'node:net';

/** `host:port` as people and URLs write it. */
export function hostAndPort(host: string, port: number): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * Whether a host is this machine itself, so that what is sent there does not leave it: `localhost`, 127.0.0.0/8 and ::1,
 * this also in the brackets that URLs and Host fields have around it.
 */
export function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.');
  return host.toLowerCase() === 'localhost' || host === '::1' || host === '[::1]';
}
