import type { Section } from '../text-types';

export const folders = {
  'folders.empty': 'No folder is watched.',
} as const satisfies Section;
