import { readFileSync, realpathSync, statSync } from '../../base/files';
import type { ClamavSettings } from '../../contract/settings';
import type { Target } from './target';

/** What clamd.conf says about limits, in bytes and milliseconds; 0 = no limit (man clamd.conf). */
export interface ClamdConfig {
  readonly maxFileSize: number;
  readonly maxScanSize: number;
  readonly streamMaxLength: number;
  readonly maxScanMs: number;
  /** HeuristicScanPrecedence: a scan ends with the first alert, and nothing behind it is looked at. */
  readonly stopsAtAlerts: boolean;
  /** Where its signatures lie; null = where it was built to look. */
  readonly databaseDirectory: string | null;
  readonly localSocket: string | null;
  readonly tcpSocket: number | null;
}

/** Where Debian, Fedora, Arch, Homebrew and a build of one's own keep it. */
const USUAL_FILES = [
  '/etc/clamav/clamd.conf',
  '/etc/clamd.d/scan.conf',
  '/etc/clamd.conf',
  '/usr/local/etc/clamav/clamd.conf',
  '/usr/local/etc/clamd.conf',
  '/opt/homebrew/etc/clamav/clamd.conf',
];

const MIB = 1024 ** 2;
const UNIT = { '': 1, k: 1024, m: MIB, g: 1024 ** 3 } as const;
/** ClamAV 1.x, as its manual states them; older ones were lower, which the limit proof shows. */
const DEFAULTS = { maxFileSize: 100 * MIB, maxScanSize: 400 * MIB, streamMaxLength: 100 * MIB, maxScanMs: 120_000 };

/** Bytes of clamd's `25M`, `4k`, `1G` or `1048576`; null for anything else. */
export function parseClamdSize(text: string): number | null {
  const match = /^(\d{1,15})([kmg]?)$/i.exec(text);
  if (match === null) return null;
  const unit = (match[2] ?? '').toLowerCase();
  return unit === '' || unit === 'k' || unit === 'm' || unit === 'g' ? Number(match[1]) * UNIT[unit] : null;
}

/** Options of a clamd.conf. Unreadable values count as not set: the limit proof has the last word. */
export function parseClamdConfig(text: string): ClamdConfig {
  const options = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^\s*([A-Za-z]\w*)\s+(.+?)\s*$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const key = match[1].toLowerCase();
    if (!options.has(key)) options.set(key, match[2].replace(/^"(.*)"$/, '$1'));
  }
  const size = (key: string, otherwise: number) => parseClamdSize(options.get(key.toLowerCase()) ?? '') ?? otherwise;
  const isOn = (key: string) => /^(yes|true|1)$/i.test(options.get(key) ?? '');
  const port = Number(options.get('tcpsocket'));
  return {
    maxFileSize: size('MaxFileSize', DEFAULTS.maxFileSize),
    maxScanSize: size('MaxScanSize', DEFAULTS.maxScanSize),
    streamMaxLength: size('StreamMaxLength', DEFAULTS.streamMaxLength),
    maxScanMs: size('MaxScanTime', DEFAULTS.maxScanMs),
    stopsAtAlerts: isOn('heuristicscanprecedence'),
    databaseDirectory: options.get('databasedirectory') ?? null,
    localSocket: options.get('localsocket') ?? null,
    tcpSocket: Number.isInteger(port) && port > 0 ? port : null,
  };
}

/** A clamd.conf that was read, and what tells when it changes. */
export interface FoundConfig {
  readonly file: string;
  readonly modified: number;
  readonly config: ClamdConfig;
}

/** Null where the file is missing or may not be read: then its limits are simply unknown. */
function readConfig(file: string): FoundConfig | null {
  try {
    return { file, modified: statSync(file).mtimeMs, config: parseClamdConfig(readFileSync(file, 'utf8')) };
  } catch {
    return null; // not there or not for us to read: its limits stay unknown
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path; // not there now: compared by its name
  }
}

/** Whether the daemon of this configuration is the one at `target`. */
export function configListensAt(config: ClamdConfig, target: Target): boolean {
  if (target.kind === 'tcp') return config.tcpSocket === target.port;
  return config.localSocket !== null && realPath(config.localSocket) === realPath(target.path);
}

/** The first readable clamd.conf of the usual places. */
export function usualConfig(): FoundConfig | null {
  for (const file of USUAL_FILES) {
    const found = readConfig(file);
    if (found !== null) return found;
  }
  return null;
}

/**
 * The clamd.conf of the daemon at `target`: the one that the settings name, else one of the usual places that listens
 * there. Null when its limits cannot be known this way.
 */
export function findConfig(settings: ClamavSettings | undefined, target: Target, isLocal: boolean): FoundConfig | null {
  if (settings?.configFile !== undefined) return readConfig(settings.configFile);
  const usual = isLocal ? usualConfig() : null;
  return usual !== null && configListensAt(usual.config, target) ? usual : null;
}
