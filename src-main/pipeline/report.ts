import type { Clock } from '../base/clock';
import { nameOf } from '../base/display-name';
import { type ChildReport, REPORT_SCHEMA, type Report } from '../contract/report';
import type { Disposition } from '../contract/verdict';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import { guidanceFor } from './guidance';
import { fileNameOf, findingsOf, jobReport, type LedgerView } from './result-view';

/** Children that stand in one report; a larger tree says so by its count and the ledger has the rest. */
const MOST_CHILDREN = 10_000;

/** The report of a root item as it stands now, for the sidecar beside its bytes. */
export function buildReport(
  ledger: Ledger,
  item: Item,
  options: { disposition: Disposition; destination: Uint8Array | null; program: string; clock: Clock },
): Report {
  if (item.verdict === null) throw new Error(`item ${item.id} has no verdict to report`);
  const submission = ledger.submissions.get(item.submissionId);
  const jobs = ledger.jobs.of(item.id);
  const findings = findingsOf(jobs);
  const children = childReports(ledger, item, MOST_CHILDREN);
  const allFindings = [...findings, ...children.flatMap((child) => child.findings)];
  return {
    schema: REPORT_SCHEMA,
    writtenAt: new Date(options.clock.now()).toISOString(),
    program: options.program,
    submission: {
      guid: submission.guid,
      profile: submission.plan.profile,
      origin: submission.origin,
      receivedAt: new Date(submission.receivedAt).toISOString(),
    },
    item: {
      id: String(item.id),
      name: nameOf(fileNameOf(item)),
      relativePath: nameOf(item.relativePath),
      source: nameOf(item.sourcePath ?? item.relativePath),
      size: item.size,
      hashes: item.hashes,
      type: item.type,
    },
    verdict: item.verdict,
    findings,
    jobs: jobs.map(jobReport),
    children,
    guidance: guidanceFor(allFindings, item.verdict, 'en'),
    disposition: options.disposition,
    destination: options.destination === null ? null : nameOf(options.destination),
    custody: ledger.custody.head(),
  };
}

/** Everything that was unpacked from a root, at most `limit`. */
export function childReports(ledger: LedgerView, root: Item, limit: number): ChildReport[] {
  return ledger.items.descendants(root.id, { after: 0, limit }).map((child) => {
    const jobs = ledger.jobs.of(child.id);
    return {
      id: String(child.id),
      parent: String(child.parentId),
      name: nameOf(child.relativePath),
      size: child.size ?? 0,
      hashes: child.hashes,
      type: child.type,
      verdict: child.verdict,
      findings: findingsOf(jobs),
      jobs: jobs.map(jobReport),
    };
  });
}
