import { escapeHidden, nameOf } from '../../base/display-name';
import type { ItemRow } from '../../contract/item-view';
import type { ItemExtras } from '../../store/item-extras';
import type { Item } from '../../store/item-row';
import type { ReadingTables } from '../../store/reading';
import { displayPath, dispositionOf, fileNameOf, verdictOf } from '../result-view';

const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** One row of a list. */
export function itemRow(tables: ReadingTables, extras: ItemExtras, item: Item): ItemRow {
  const { first, count } = extras.findings(item.id);
  return {
    id: String(item.id),
    submission: tables.submissions.get(item.submissionId).guid,
    name: nameOf(fileNameOf(item)).display,
    path: nameOf(displayPath(tables, item)).display,
    size: item.size,
    mime: item.type?.mime ?? null,
    sha256: item.hashes?.sha256 ?? null,
    state: item.state,
    verdict: verdictOf(item),
    sentence: item.verdict?.sentence ?? item.problem,
    disposition: dispositionOf(item),
    finding: first === null ? null : escapeHidden(first),
    findings: count,
    problem: item.problem,
    receivedAt: new Date(item.receivedAt).toISOString(),
    endedAt: time(item.settledAt),
    running: item.settledAt === null ? extras.running(item.id) : [],
  };
}
