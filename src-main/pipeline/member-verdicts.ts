import { nameOf } from '../base/display-name';
import type { Verdict } from '../contract/verdict';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import type { MemberVerdict } from './verdict-input';

const PAGE = 500;

/** The verdicts of an item's members, counted as they come: a few words however many members there are. */
export class MemberVerdicts {
  private readonly alike = new Map<string, { firstId: number; entry: MemberVerdict }>();

  add(member: Item, verdict: Verdict): void {
    const key = JSON.stringify([verdict.kind, verdict.rule, verdict.kind === 'unverified' ? verdict.reason : null]);
    const found = this.alike.get(key);
    const isFirst = found === undefined || member.id < found.firstId;
    const shown = isFirst ? { displayName: nameOf(member.relativePath).display, verdict } : found.entry;
    const firstId = isFirst ? member.id : found.firstId;
    this.alike.set(key, { firstId, entry: { ...shown, count: (found?.entry.count ?? 0) + 1 } });
  }

  /** In the order of the first member of each kind. */
  get entries(): MemberVerdict[] {
    const ordered = [...this.alike.values()].sort((one, other) => one.firstId - other.firstId);
    return ordered.map(({ entry }) => entry);
  }
}

/** The verdicts of those members of an item that have one. */
export function decidedMembers(ledger: Ledger, item: Item): MemberVerdict[] {
  const verdicts = new MemberVerdicts();
  for (let after = 0; ; ) {
    const page = ledger.items.children(item.id, { after, limit: PAGE });
    const last = page.at(-1);
    if (last === undefined) return verdicts.entries;
    after = last.id;
    for (const member of page) if (member.verdict !== null) verdicts.add(member, member.verdict);
  }
}
