import type { Section } from '../text-types';

export const profiles = {
  'profiles.empty': 'No profile is set up.',
} as const satisfies Section;
