import { DAY_MS } from '../../../src-main/contract/durations';
import type { ItemPage } from '../../../src-main/contract/item-view';
import { fileNameOf } from '../../state/item-page';

/**
 * Probes whose findings on the file itself have an effect: those that an exception can silence. What was found in a file
 * inside is a matter of that one's bytes.
 */
export function foundBy({ item }: Pick<ItemPage, 'item'>): string[] {
  const probes = item.findings.filter(({ severity }) => severity !== 'info').map(({ probe }) => probe);
  return [...new Set(probes)];
}

/** How long an exception can hold; null: for ever. */
export const EXPIRY_DAYS = [7, 30, 90, 365] as const;

export function expiryOf(days: string | undefined, now: number): string | null {
  const count = EXPIRY_DAYS.find((each) => String(each) === days);
  return count === undefined ? null : new Date(now + count * DAY_MS).toISOString();
}

/** What an exception of one file is made from. */
export interface Exceptable {
  readonly id: string;
  readonly name: string;
  readonly isHeld: boolean;
  /** Those that can be wrong about it; none where nothing was found. */
  readonly probes: readonly string[];
}

export function exceptableOf(page: ItemPage): Exceptable {
  const { item } = page;
  return { id: item.id, name: fileNameOf(item), isHeld: item.state === 'held', probes: foundBy(page) };
}
