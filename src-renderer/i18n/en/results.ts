import type { Section } from '../text-types';

export const results = {
  'results.empty': 'No file has ended yet.',
} as const satisfies Section;
