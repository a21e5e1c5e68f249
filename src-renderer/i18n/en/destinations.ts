import type { Section } from '../text-types';

export const destinations = {
  'destinations.empty': 'No destination is set up.',
} as const satisfies Section;
