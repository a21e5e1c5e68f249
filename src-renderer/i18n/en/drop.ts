import type { Section } from '../text-types';

export const drop = {
  'drop.empty': 'Drop files anywhere in this window.',
} as const satisfies Section;
