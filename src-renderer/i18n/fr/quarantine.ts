import type { quarantine as original } from '../en/quarantine';
import type { Translation } from '../text-types';

export const quarantine: Translation<typeof original> = {
  'quarantine.empty': 'Rien n’attend d’être revu.',
  'quarantine.emptyHelp':
    'Les fichiers où une sonde a trouvé quelque chose, et ceux que rien ne prouve sains, apparaissent ici.',
  'quarantine.show': 'Montrer',
  'quarantine.show.all': 'Tout',
  'quarantine.show.quarantined': 'En quarantaine',
  'quarantine.show.held': 'Retenus',
};
