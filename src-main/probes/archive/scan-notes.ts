import { escapeHidden } from '../../base/display-name';
import type { Finding, Severity } from '../../contract/finding';
import type { Coverage } from '../../contract/probe-report';

type Reason = Extract<Coverage, { kind: 'incomplete' }>['reason'];

/** Every finding of the probe: how grave it is (where it is `info`, the coverage decides), and what helps the sender. */
const FINDINGS = {
  /** A member whose name leads out of the folder it is unpacked into. */
  'archive-path-traversal': { severity: 'malicious', guidance: 'archive-traversal' },
  /** A symbolic link to a place outside: the next member can be written through it. */
  'archive-link-escape': { severity: 'malicious', guidance: 'archive-traversal' },
  /** Members that share their bytes: how bombs are made; no packer writes it. */
  'archive-overlapping-members': { severity: 'suspicious', guidance: 'archive-bomb' },
  /** The archive reads differently with different programs: members can be hidden from scanners that way. */
  'archive-ambiguous': { severity: 'suspicious', guidance: 'archive-damaged' },
  /** Devices, FIFOs and sockets have no content, and are not made. */
  'archive-special-file': { severity: 'info', guidance: 'archive-traversal' },
  'archive-damaged': { severity: 'info', guidance: 'archive-damaged' },
  'archive-limit': { severity: 'info', guidance: 'archive-limits' },
  'encrypted-member': { severity: 'info', guidance: 'encrypted-file' },
  'unopened-container': { severity: 'info', guidance: 'unopened-container' },
} as const satisfies Record<string, { severity: Severity; guidance: string }>;
export type ArchiveFinding = keyof typeof FINDINGS;
export const ARCHIVE_FINDINGS = Object.keys(FINDINGS) as readonly ArchiveFinding[];

/** Several shortcomings: which one is told, first to last; the same order as the verdict has. */
const RANK: readonly Reason[] = ['timeout', 'encrypted', 'limit_exceeded', 'unsupported', 'partial'];
/** Most pieces of evidence that one finding lists, and their longest length. */
const LISTED = 5;
const LONGEST = 300;

/** What one scan of an archive came to, gathered piece by piece. Coverage starts complete and can only get worse. */
export class ScanNotes {
  private readonly evidence = new Map<ArchiveFinding, { texts: string[]; count: number }>();
  private worst: { reason: Reason; detail: string } | null = null;

  /** A part was not looked at. `detail` fits after "because". */
  incomplete(reason: Reason, detail: string): void {
    if (this.worst !== null && RANK.indexOf(this.worst.reason) <= RANK.indexOf(reason)) return;
    this.worst = { reason, detail: cut(detail) };
  }

  found(finding: ArchiveFinding, evidence: string): void {
    const noted = this.evidence.get(finding) ?? { texts: [], count: 0 };
    this.evidence.set(finding, noted);
    noted.count += 1;
    if (noted.texts.length < LISTED) noted.texts.push(cut(evidence));
  }

  /** A part that cannot be read as it should: both a finding and a gap in the coverage. */
  damaged(detail: string): void {
    this.incomplete('partial', detail);
    this.found('archive-damaged', detail);
  }

  /** Two readers would not see the same members. */
  ambiguous(detail: string): void {
    this.incomplete('partial', detail);
    this.found('archive-ambiguous', detail);
  }

  encrypted(detail: string): void {
    this.incomplete('encrypted', detail);
    this.found('encrypted-member', detail);
  }

  overLimit(detail: string): void {
    this.incomplete('limit_exceeded', detail);
    this.found('archive-limit', detail);
  }

  unopened(detail: string): void {
    this.incomplete('unsupported', detail);
    this.found('unopened-container', detail);
  }

  get coverage(): Coverage {
    return this.worst === null ? { kind: 'complete' } : { kind: 'incomplete', ...this.worst };
  }

  get findings(): Finding[] {
    return [...this.evidence].map(([name, { texts, count }]) => {
      const { severity, guidance } = FINDINGS[name];
      const more = count > texts.length ? `; and ${count - texts.length} more` : '';
      const evidence = `${texts.join('; ')}${more}`;
      return { probe: 'archive', name, severity, category: 'archive', evidence, guidance: [guidance] };
    });
  }
}

function cut(text: string): string {
  const shown = escapeHiddenOnce(text);
  return shown.length <= LONGEST ? shown : `${shown.slice(0, LONGEST)}…`;
}

/** Names come in escaped already; words of libraries do not. Only what is still hidden is escaped. */
function escapeHiddenOnce(text: string): string {
  return text
    .split('\\')
    .map((part) => escapeHidden(part))
    .join('\\');
}
