import type { S3Destination } from '../contract/settings';
import { answerOf } from './s3/errors';

/** Regions, styles and checksum modes are three questions with two answers each. */
const MOST_VARIANTS = 8;

/** A failure, and the settings that it came of. */
export interface Failure {
  readonly settings: S3Destination;
  readonly error: unknown;
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The region that a server names when it was asked in the wrong one. */
export function regionIn(error: unknown): string | null {
  const headers = field(field(error, '$response'), 'headers');
  const inWords = /expecting '([a-z0-9-]+)'/.exec(text(field(error, 'message')) ?? '');
  return text(field(headers, 'x-amz-bucket-region')) ?? text(field(error, 'Region')) ?? inWords?.[1] ?? null;
}

/** What may cure a failure, the likeliest first. */
function remedies(settings: S3Destination, error: unknown): S3Destination[] {
  const { status } = answerOf(error);
  const region = regionIn(error);
  const isElsewhere = status === 404 || status === 301 || status === 307;
  const cures: S3Destination[] = [];
  if (region !== null && region !== settings.region) cures.push({ ...settings, region });
  if (status !== null && !isElsewhere && settings.checksums === 'when_supported') {
    cures.push({ ...settings, checksums: 'when_required' });
  }
  // without an endpoint it is Amazon, where both styles work, but for a name with dots that no certificate covers
  if (settings.endpoint !== undefined || settings.bucket.includes('.')) {
    cures.push({ ...settings, pathStyle: !settings.pathStyle });
  }
  return cures;
}

/**
 * The first result of `attempt` over the given settings and what may cure each failure. When all fail: the failure of the
 * settings as given, or, where that never got an answer, the first that did.
 */
export async function firstThatWorks<T>(
  given: S3Destination,
  attempt: (settings: S3Destination) => Promise<T>,
  signal: AbortSignal,
): Promise<{ readonly result: T } | { readonly failure: Failure }> {
  const tried = new Set<string>();
  const failures: Failure[] = [];
  const waiting = [given];
  for (let settings = waiting.shift(); settings !== undefined; settings = waiting.shift()) {
    const { region, pathStyle, checksums } = settings;
    const name = JSON.stringify([region, pathStyle, checksums]);
    if (tried.has(name)) continue;
    tried.add(name);
    try {
      return { result: await attempt(settings) };
    } catch (error) {
      failures.push({ settings, error });
      if (signal.aborted || tried.size >= MOST_VARIANTS) break;
      waiting.unshift(...remedies(settings, error));
    }
  }
  const answered = failures.find(({ error }) => answerOf(error).status !== null);
  return { failure: answered ?? failures[0] ?? { settings: given, error: signal.reason } };
}
