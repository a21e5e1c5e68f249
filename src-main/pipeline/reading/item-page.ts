import type { ItemPage } from '../../contract/item-view';
import type { Item } from '../../store/item-row';
import type { ReadingTables } from '../../store/reading';
import { type GuidanceLanguage, guidanceFor } from '../guidance';
import { childReports } from '../report';
import { resultItem } from '../result-view';
import { readReport } from './read-report';

const MOST_CHILDREN = 1000;

/** Everything about one root, as it is now. */
export async function itemPage(tables: ReadingTables, item: Item, language: GuidanceLanguage): Promise<ItemPage> {
  const submission = tables.submissions.get(item.submissionId);
  const shown = resultItem(tables, item);
  const children = childReports(tables, item, MOST_CHILDREN);
  const unpacked = tables.items.treeUsage(item.id).files;
  const findings = [...shown.findings, ...children.flatMap((child) => child.findings)];
  return {
    item: {
      ...shown,
      submission: submission.guid,
      at: item.settledAt === null ? null : new Date(item.settledAt).toISOString(),
    },
    submission: {
      guid: submission.guid,
      origin: submission.origin,
      profile: submission.plan.profile,
      receivedAt: new Date(submission.receivedAt).toISOString(),
    },
    children,
    childrenLeftOut: Math.max(0, unpacked - children.length),
    guidance: item.verdict === null ? [] : guidanceFor(findings, item.verdict, language),
    custody: tables.custody.ofItemId(item.id).map(({ seq, at, event, data }) => {
      return { seq, at: new Date(at).toISOString(), event, data };
    }),
    report: await readReport(item.report),
  };
}
