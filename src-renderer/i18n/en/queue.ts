import type { Section } from '../text-types';

export const queue = {
  'queue.empty': 'Nothing is on its way.',
} as const satisfies Section;
