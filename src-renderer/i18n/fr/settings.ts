import type { settings as original } from '../en/settings';
import type { Translation } from '../text-types';

export const settings: Translation<typeof original> = {
  'settings.empty': 'Aucun réglage n’est connu.',
};
