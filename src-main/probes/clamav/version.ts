import { ProbeError } from '../../base/errors';
import { badReply, quoted } from './answer';

/** Versions as clamd and clamscan tell them. */
export interface Versions {
  readonly engine: string;
  /** Null when there are only signatures of one's own: then the answer is just `ClamAV 1.4.6`. */
  readonly database: string | null;
  /** ISO 8601; clamd tells it in local time without a zone, so this is exact only on one machine. */
  readonly databaseDate: string | null;
}

/** What clamd 1.4 tells as its database version when a reload failed and left it without an engine: -1, unsigned. */
const NO_ENGINE = '4294967295';

/** Reads `ClamAV 1.4.6/27500/Fri Nov 20 08:24:11 2026` or `ClamAV 1.4.6`. Throws PROBE_BAD_REPLY, PROBE_UNAVAILABLE. */
export function parseVersion(text: string): Versions {
  const match = /^ClamAV ([\w.+~-]{1,60})(?:\/(\d{1,12})(?:\/([\w :]{1,40}))?)?$/.exec(text.trim());
  if (match?.[1] === undefined) throw badReply(quoted(text));
  if (match[2] === NO_ENGINE) {
    const message = 'clamd has no signature database any more; look at its log, run freshclam and restart clamd';
    throw new ProbeError('PROBE_UNAVAILABLE', message);
  }
  const time = Date.parse(match[3] ?? '');
  return {
    engine: match[1],
    database: match[2] ?? null,
    databaseDate: Number.isNaN(time) ? null : new Date(time).toISOString(),
  };
}
