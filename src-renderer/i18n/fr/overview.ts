import type { overview as original } from '../en/overview';
import type { Translation } from '../text-types';

export const overview: Translation<typeof original> = {
  'overview.empty': 'Rien n’a encore été analysé.',
};
