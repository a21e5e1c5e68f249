import type { StagedItem } from '../probes/probe';
import type { StagedFacts } from '../store/item-moves';
import type { Item } from '../store/item-row';

/** An item as probes see it. Throws for one whose bytes are not there. */
export function scannable(item: Item): StagedItem {
  if (item.hashes === null || item.size === null) throw new Error(`item ${item.id} is not staged`);
  const path = item.stagedPath ?? item.sourcePath?.toString('utf8');
  if (path === undefined) throw new Error(`item ${item.id} has no bytes`);
  const name = item.relativePath.subarray(item.relativePath.lastIndexOf('/') + 1);
  return { path, name, size: item.size, hashes: item.hashes, type: item.type };
}

/** The item as its row will be with what was found out when its bytes were taken. */
export function withFacts(item: Item, { stagedPath, identity, size, hashes, type }: StagedFacts): Item {
  return { ...item, stagedPath, sourceIdentity: identity, size, hashes, type };
}
