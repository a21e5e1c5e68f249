import type { Section } from '../text-types';

export const firstRun = {
  'firstRun.empty': 'Dropgate is ready.',
} as const satisfies Section;
