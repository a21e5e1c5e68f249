import type { Section } from '../text-types';

export const item = {
  'item.empty': 'This file is not in the ledger.',
} as const satisfies Section;
