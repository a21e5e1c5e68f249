import type { ItemRow } from '../../../src-main/contract/item-view';
import type { Say } from '../../i18n/text';

/** The way of a file, as far as it is still on it. */
export const STAGES = ['received', 'staged', 'planned', 'scanning', 'decided', 'disposing'] as const;
export type Stage = (typeof STAGES)[number];

/** Where a file is; null once it has ended. */
export function stageOf({ state }: Pick<ItemRow, 'state'>): Stage | null {
  return STAGES.find((stage) => stage === state) ?? null;
}

/** Where a file is in words: each probe that looks at it by its title, or why it waits. */
export function stageWords(say: Say, titleOf: (probe: string) => string, item: ItemRow): string {
  const stage = stageOf(item);
  const why = item.problem ?? item.sentence;
  if (stage === null) return why === null ? say(`state.${item.state}`) : say.told(why);
  if (item.problem !== null) return say('queue.waitsBecause', { problem: say.told(item.problem) });
  if (stage === 'scanning' && item.running.length > 0)
    return say('queue.scanningBy', { probes: item.running.map(titleOf).join(', ') });
  return say(`queue.stage.${stage}`);
}
