import type { probes as original } from '../en/probes';
import type { Translation } from '../text-types';

export const probes: Translation<typeof original> = {
  'probes.empty': 'Aucune sonde n’est configurée.',
};
