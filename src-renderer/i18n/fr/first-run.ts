import type { firstRun as original } from '../en/first-run';
import type { Translation } from '../text-types';

export const firstRun: Translation<typeof original> = {
  'firstRun.empty': 'Dropgate est prêt.',
};
