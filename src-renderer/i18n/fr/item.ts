import type { item as original } from '../en/item';
import type { Translation } from '../text-types';

export const item: Translation<typeof original> = {
  'item.empty': 'Ce fichier n’est pas dans le registre.',
};
