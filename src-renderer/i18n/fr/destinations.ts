import type { destinations as original } from '../en/destinations';
import type { Translation } from '../text-types';

export const destinations: Translation<typeof original> = {
  'destinations.empty': 'Aucune destination n’est configurée.',
};
