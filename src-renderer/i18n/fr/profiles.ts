import type { profiles as original } from '../en/profiles';
import type { Translation } from '../text-types';

export const profiles: Translation<typeof original> = {
  'profiles.empty': 'Aucun profil n’est configuré.',
};
