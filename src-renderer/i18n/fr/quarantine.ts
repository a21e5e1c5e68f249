import type { quarantine as original } from '../en/quarantine';
import type { Translation } from '../text-types';

export const quarantine: Translation<typeof original> = {
  'quarantine.empty': 'Rien n’est en quarantaine.',
};
