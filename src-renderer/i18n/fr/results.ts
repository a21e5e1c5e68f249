import type { results as original } from '../en/results';
import type { Translation } from '../text-types';

export const results: Translation<typeof original> = {
  'results.empty': 'Aucun fichier n’est encore terminé.',
};
