import type { Section } from '../text-types';

export const quarantine = {
  'quarantine.empty': 'Nothing waits for a review.',
  'quarantine.emptyHelp':
    'Files that a probe found something in, and files that could not be proven clean, stand here.',
  'quarantine.show': 'Show',
  'quarantine.show.all': 'All',
  'quarantine.show.quarantined': 'Quarantined',
  'quarantine.show.held': 'Held',
} as const satisfies Section;
