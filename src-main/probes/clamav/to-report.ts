import { nameOf } from '../../base/display-name';
import type { Finding } from '../../contract/finding';
import type { Coverage, ProbeReport } from '../../contract/probe-report';
import type { Answer } from './answer';
import type { Readiness } from './backend';

/** Alerts that only say that a limit was reached begin so. */
export const LIMIT_ALERT = 'Heuristics.Limits.Exceeded';
const LONGEST_NAME = 300;

type Heard = Exclude<Answer, { kind: 'refused' }>;
type ReportVersions = Pick<ProbeReport, 'engineVersion' | 'databaseVersion'>;

const COMPLETE: Coverage = { kind: 'complete' };

function incomplete(reason: 'encrypted' | 'limit_exceeded' | 'partial' | 'timeout', detail: string): Coverage {
  return { kind: 'incomplete', reason, detail };
}

/** The name of a signature as a person may see it; without `(md5:size)`, which ExtendedDetectionInfo adds. */
function signatureName(latin1: string): string {
  const bare = latin1.replace(/\([0-9a-f]{32,64}:\d+\)$/, '').slice(0, LONGEST_NAME);
  return nameOf(Buffer.from(bare, 'latin1')).display || 'unnamed';
}

const finding = (name: string, severity: Finding['severity'], category: string, tag: string, evidence: string) => ({
  probe: 'clamav',
  name,
  severity,
  category,
  evidence,
  guidance: [tag],
});

/** What an alert means. ClamAV's alerts about what it did not see are no accusation of the file. */
function classify(name: string, stopsAtAlerts: boolean): { finding: Finding; coverage: Coverage } {
  const matched = `ClamAV matched ${name}`;
  if (name.startsWith(LIMIT_ALERT)) {
    const detail = `ClamAV reached one of its limits (${name})`;
    return {
      finding: finding(name, 'info', 'limit', 'limit-exceeded', detail),
      coverage: incomplete('limit_exceeded', detail),
    };
  }
  if (name.startsWith('Heuristics.Encrypted.')) {
    const detail = `it is encrypted, or a part of it is (${name})`;
    return {
      finding: finding(name, 'info', 'encrypted', 'encrypted-file', detail),
      coverage: incomplete(stopsAtAlerts ? 'partial' : 'encrypted', detail),
    };
  }
  if (/^(?:PUA|Heuristics)\./.test(name)) {
    return {
      finding: finding(name, 'suspicious', 'heuristic', 'suspicious-content', matched),
      coverage: COMPLETE,
    };
  }
  return { finding: finding(name, 'malicious', 'malware', 'malware-found', matched), coverage: COMPLETE };
}

function versionsOf(readiness: Readiness): ReportVersions {
  return { engineVersion: readiness.engineVersion, databaseVersion: readiness.versions.database };
}

/** The report on an item that ClamAV refused as too large. */
export function limitReport(detail: string, readiness: Readiness): ProbeReport {
  return {
    statement: 'nothing_found',
    findings: [],
    coverage: incomplete('limit_exceeded', detail),
    ...versionsOf(readiness),
  };
}

/** The report on an item that is too large to be asked about. */
export function tooLargeReport(size: number, maxBytes: number, readiness: Readiness): ProbeReport {
  return limitReport(`it has ${size} bytes, and ClamAV scans files of at most ${maxBytes} bytes`, readiness);
}

/** The report on an OK for a PDF by a ClamAV that does not tell what it left out of it. */
export function partialPdfReport(readiness: Readiness): ProbeReport {
  const detail = 'ClamAV does not tell what it leaves out of a PDF (set AlertExceedsMax yes in clamd.conf)';
  return {
    statement: 'nothing_found',
    findings: [],
    coverage: incomplete('partial', detail),
    ...versionsOf(readiness),
  };
}

/** The report on what ClamAV said after `tookMs`. */
export function toReport(answer: Heard, tookMs: number, readiness: Readiness): ProbeReport {
  if (answer.kind === 'found') {
    const { finding, coverage } = classify(signatureName(answer.name), readiness.stopsAtAlerts);
    return { statement: 'found', findings: [finding], coverage, ...versionsOf(readiness) };
  }
  const { silentTimeoutMs } = readiness;
  const coverage =
    silentTimeoutMs !== null && tookMs >= silentTimeoutMs
      ? incomplete(
          'timeout',
          `the scan took as long as ClamAV's MaxScanTime (${silentTimeoutMs} ms), and may be cut off`,
        )
      : COMPLETE;
  return { statement: 'nothing_found', findings: [], coverage, ...versionsOf(readiness) };
}
