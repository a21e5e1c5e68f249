import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../base/clock';
import { nameOf } from '../base/display-name';
import type { Finding } from '../contract/finding';
import { type ChildReport, REPORT_SCHEMA, type Report } from '../contract/report';
import type { Disposition } from '../contract/verdict';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import { guidanceFor } from './guidance';
import { fileNameOf, findingsOf, jobReport, type LedgerView } from './result-view';

/** Children that stand in one report; a larger tree says so by its count and the ledger has the rest. */
const MOST_CHILDREN = 10_000;
/** Children that are read from the ledger at once. */
const PAGE = 100;

/**
 * The report of a root item as it stands now, for the sidecar beside its bytes: the text of one JSON document, piece by
 * piece, one line for each member. However many there are, little of it is in memory, and nothing waits for long.
 */
export async function* reportText(
  ledger: Ledger,
  item: Item,
  options: { disposition: Disposition; destination: Uint8Array | null; program: string; clock: Clock },
): AsyncGenerator<string> {
  if (item.verdict === null) throw new Error(`item ${item.id} has no verdict to report`);
  const submission = ledger.submissions.get(item.submissionId);
  const jobs = ledger.jobs.of(item.id);
  const findings = findingsOf(jobs);
  const advised = new AdvisedFindings(findings);
  const beginning: Omit<Report, 'children' | 'guidance'> = {
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
    disposition: options.disposition,
    destination: options.destination === null ? null : nameOf(options.destination),
    custody: ledger.custody.head(),
  };
  yield `${JSON.stringify(beginning, null, 2).slice(0, -2)},\n  "children": [`;
  let separator = '';
  for await (const page of childPages(ledger, item)) {
    for (const child of page) advised.add(child.findings);
    yield separator + page.map((child) => `\n    ${JSON.stringify(child)}`).join(',');
    separator = ',';
  }
  const guidance: Report['guidance'] = guidanceFor(advised.findings, item.verdict, 'en');
  yield `${separator === '' ? '' : '\n  '}],\n  "guidance": ${JSON.stringify(guidance)}\n}\n`;
}

/** Everything that was unpacked from a root, at most `limit`. */
export function childReports(ledger: LedgerView, root: Item, limit: number): ChildReport[] {
  return ledger.items.descendants(root.id, { after: 0, limit }).map((child) => childReport(ledger, child));
}

/** Pages of all children, and a breath of the event loop after each. */
async function* childPages(ledger: Ledger, root: Item): AsyncGenerator<ChildReport[]> {
  let after = 0;
  for (let told = 0; told < MOST_CHILDREN; told += PAGE) {
    const limit = Math.min(PAGE, MOST_CHILDREN - told);
    const page = ledger.items.descendants(root.id, { after, limit });
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.id;
    yield page.map((child) => childReport(ledger, child));
    await setImmediate();
  }
}

function childReport(ledger: LedgerView, child: Item): ChildReport {
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
}

/** Of many findings, the first with each advice: what the guidance of a whole tree depends on. */
class AdvisedFindings {
  private readonly known = new Map<string, Finding>();

  constructor(findings: readonly Finding[]) {
    this.add(findings);
  }

  add(findings: readonly Finding[]): void {
    for (const finding of findings) {
      const key = JSON.stringify([finding.severity, finding.guidance]);
      if (!this.known.has(key)) this.known.set(key, finding);
    }
  }

  get findings(): Finding[] {
    return [...this.known.values()];
  }
}
