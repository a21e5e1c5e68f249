import type { ClamavSettings } from '../../contract/settings';
import type { ClamdConfig, FoundConfig } from './clamd-config';

/** Debian's MaxFileSize and StreamMaxLength, and older ClamAVs': believed where nothing can be read. */
export const DEFAULT_MAX_BYTES = 25 * 1024 ** 2;
/** libclamav scans no file of 2 GiB or more, whatever it is told (man clamd.conf, MaxFileSize). */
const CEILING = 2 ** 31 - 64 * 1024;
/** MaxScanSize counts what is unpacked too: so much is left for it. */
const UNPACKED_BYTES = 1024;
/** ClamAV's MaxScanTime where it is not set. */
const USUAL_SCAN_MS = 120_000;

const orNone = (limit: number) => (limit === 0 ? Number.POSITIVE_INFINITY : limit);

function configuredLimit(config: ClamdConfig, mode: 'path' | 'stream'): number {
  const limits = [orNone(config.maxFileSize), orNone(config.maxScanSize) - UNPACKED_BYTES];
  if (mode === 'stream') limits.push(orNone(config.streamMaxLength));
  return Math.min(...limits);
}

/** Largest file in bytes that clamd is thought to scan whole. The settings can lower it, never raise it. */
export function claimedLimit(
  found: FoundConfig | null,
  settings: ClamavSettings | undefined,
  mode: 'path' | 'stream',
): number {
  const learned = found === null ? null : configuredLimit(found.config, mode);
  const wanted = settings?.maxBytes ?? (learned === null ? DEFAULT_MAX_BYTES : Number.POSITIVE_INFINITY);
  return Math.max(1, Math.floor(Math.min(learned ?? CEILING, wanted, CEILING)));
}

/** After which time an OK may mean "given up": a clamd that tells of its limits says so itself (then null). */
export function silentTimeoutMs(found: FoundConfig | null, tellsLimits: boolean): number | null {
  const maxScanMs = found?.config.maxScanMs ?? USUAL_SCAN_MS;
  return tellsLimits || maxScanMs === 0 ? null : maxScanMs;
}

/** What a person should know about how limits are known. */
export function limitNotes(
  found: FoundConfig | null,
  settings: ClamavSettings | undefined,
  tellsLimits: boolean,
): string[] {
  const notes: string[] = [];
  if (found === null && settings?.configFile !== undefined) {
    notes.push(`${settings.configFile} cannot be read, so clamd's limits are not known from it`);
  }
  if (!tellsLimits) {
    notes.push(
      'clamd does not tell when it leaves a part of a file out, so PDF files are held: write "AlertExceedsMax yes" into clamd.conf and restart it',
    );
  }
  return notes;
}
