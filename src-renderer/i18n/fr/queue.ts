import type { queue as original } from '../en/queue';
import type { Translation } from '../text-types';

export const queue: Translation<typeof original> = {
  'queue.empty': 'Rien n’est en route.',
};
