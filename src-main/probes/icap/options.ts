import { ProbeError } from '../../base/errors';
import { shown } from './bad-reply';
import type { Connection } from './connection';
import { badValue, type Head, icapStatus, listed, numbered, readHead, serviceTag, single } from './head';
import { optionsRequest } from './requests';
import type { Target } from './target';

/** What a service says about itself (RFC 3507 section 4.10.2). */
export interface ServiceOptions {
  /** Vendor and product, or `unknown`. */
  readonly service: string;
  readonly tag: string | null;
  /** Bytes of a file that it wants to see before the rest; null = it does not do previews. */
  readonly previewBytes: number | null;
  readonly maxConnections: number | null;
  /** For how long this may be believed; null = it does not say. */
  readonly ttlSeconds: number | null;
  /** What it wants done with a file whose name has this ending (without dot, in lower case; empty for none). */
  transferOf(ending: string): Transfer;
}

export type Transfer = 'preview' | 'complete' | 'ignore';

const TRANSFERS: readonly Transfer[] = ['ignore', 'complete', 'preview'];
const EVERYTHING_ELSE = '*';
/** More is never previewed, whatever the server asks for. */
const MOST_PREVIEW = 64 * 1024;

/**
 * Asks a service for its options. Rejects with PROBE_UNAVAILABLE when it is not one that can answer for files,
 * PROBE_BAD_REPLY, ConnectionLost.
 */
export async function askOptions(connection: Connection, target: Target): Promise<ServiceOptions> {
  await connection.send([optionsRequest(target)]);
  return readOptions(await readHead(connection.source));
}

/** Throws PROBE_UNAVAILABLE, PROBE_BAD_REPLY. */
export function readOptions(head: Head): ServiceOptions {
  const status = icapStatus(head);
  if (status === 404) throw notUsable('it has no service of this name; correct the path in its url');
  if (status !== 200) throw notUsable(`it answered "${shown(head.line)}" when it was asked for its options`);
  const methods = listed(head, 'methods').map((method) => method.toUpperCase());
  if (!methods.includes('RESPMOD')) throw notUsable('this service does not look at files (RESPMOD)');
  const transfers = TRANSFERS.map((transfer) => {
    const endings = listed(head, `transfer-${transfer}`).map((ending) => ending.replace(/^\./, '').toLowerCase());
    return [transfer, new Set(endings)] as const;
  });
  const asked = (ending: string) => transfers.find(([, endings]) => endings.has(ending))?.[0];
  const otherwise = asked(EVERYTHING_ELSE) ?? 'complete';
  if (otherwise === 'ignore' && transfers.every(([name, endings]) => name === 'ignore' || endings.size === 0)) {
    throw notUsable('it says that it looks at no file at all (Transfer-Ignore: *)');
  }
  const preview = numbered(head, 'preview');
  const maxConnections = numbered(head, 'max-connections');
  if (maxConnections === 0) throw badValue('max-connections', '0');
  return {
    service: shown(single(head, 'service') ?? '') || 'unknown',
    tag: serviceTag(head),
    previewBytes: preview === null ? null : Math.min(preview, MOST_PREVIEW),
    maxConnections,
    ttlSeconds: numbered(head, 'options-ttl'),
    transferOf: (ending) => asked(ending) ?? otherwise,
  };
}

function notUsable(why: string): ProbeError {
  return new ProbeError('PROBE_UNAVAILABLE', `the ICAP server cannot be used: ${why}`);
}
