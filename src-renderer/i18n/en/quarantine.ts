import type { Section } from '../text-types';

export const quarantine = {
  'quarantine.empty': 'Nothing is in quarantine.',
} as const satisfies Section;
