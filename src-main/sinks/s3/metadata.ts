import { decodeUtf8 } from '../../base/display-name';
import type { OutgoingItem } from '../sink';

/** S3 takes 2 KB of metadata in all; the path may need 1.4 KB of it. */
const MOST_PROBES_TEXT = 400;

/** Printable ASCII only, as HTTP headers carry it safely. */
function ascii(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}

/** What stands beside an object. `dropgate-path`: base64 of the true bytes of the path, only when they are no UTF-8. */
export function objectMetadata(item: OutgoingItem): Record<string, string> {
  const { relativePath } = item;
  return {
    'dropgate-sha256': item.hashes.sha256,
    'dropgate-verdict': item.verdict,
    'dropgate-submission': item.submission,
    'dropgate-probes': ascii(item.probes.join(', ')).slice(0, MOST_PROBES_TEXT).trim(),
    ...(decodeUtf8(relativePath) === null ? { 'dropgate-path': Buffer.from(relativePath).toString('base64') } : {}),
  };
}
