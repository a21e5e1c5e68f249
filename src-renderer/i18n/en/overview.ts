import type { Section } from '../text-types';

export const overview = {
  'overview.empty': 'Nothing was scanned yet.',
} as const satisfies Section;
