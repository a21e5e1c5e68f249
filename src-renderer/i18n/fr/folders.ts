import type { folders as original } from '../en/folders';
import type { Translation } from '../text-types';

export const folders: Translation<typeof original> = {
  'folders.empty': 'Aucun dossier n’est surveillé.',
};
