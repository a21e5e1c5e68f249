import type { Section } from '../text-types';

export const settings = {
  'settings.empty': 'No settings are known.',
} as const satisfies Section;
