import type { drop as original } from '../en/drop';
import type { Translation } from '../text-types';

export const drop: Translation<typeof original> = {
  'drop.empty': 'Déposez des fichiers n’importe où dans cette fenêtre.',
};
