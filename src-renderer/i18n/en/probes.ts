import type { Section } from '../text-types';

export const probes = {
  'probes.empty': 'No probe is set up.',
} as const satisfies Section;
