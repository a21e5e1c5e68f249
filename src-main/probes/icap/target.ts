import { hostAndPort, isLoopback } from '../../base/host';
import type { IcapSettings } from '../../contract/settings';

/** A service of an ICAP server (RFC 3507 section 4.2). */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Certificates that a server of `icaps` is checked against instead of the system's: a PEM file. */
  readonly caFile: string | undefined;
  /** The URI that requests name. */
  readonly uri: string;
  /** `host:port`, as messages and the Host field name it. */
  readonly authority: string;
}

/** Registered with IANA for icap; for icaps what servers use. */
const PORTS = { 'icap:': 1344, 'icaps:': 11344 } as const;

/** The service that the settings name; their schema has checked the URL. */
export function targetOf({ url, caFile }: IcapSettings): Target {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const tls = protocol === 'icaps:';
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const number = port === '' ? PORTS[tls ? 'icaps:' : 'icap:'] : Number(port);
  const authority = hostAndPort(host, number);
  return { host, port: number, tls, caFile, authority, uri: `${protocol}//${authority}${pathname}${search}` };
}

/** Whether files stay on this machine. */
export const isOnThisMachine = ({ host }: Target): boolean => isLoopback(host);
