import type { probes as original } from '../en/probes';
import type { Translation } from '../text-types';

export const probes: Translation<typeof original> = {
  'probes.empty': 'Aucune sonde n’est définie.',
  'probes.ready': 'Prête',
  'probes.notReady': 'Pas prête',
  'probes.required': 'Requise',
  'probes.requiredBy': 'Requise par le profil',
  'probes.signatures': { one: '{count} signature', other: '{count} signatures' },
  'probes.upTo': 'fichiers jusqu’à {size}',
  'privacy.local': 'les fichiers restent sur cette machine',
  'privacy.hash-only': 'seules des empreintes quittent cette machine',
  'privacy.uploads-bytes': 'les fichiers sont envoyés à une autre machine',
  'probes.test': 'Tester',
  'probes.testAll': 'Tout tester',
  'probes.testOne': 'Tester {probe}',
  'probes.testing': 'Regarde son fichier d’essai…',
  'probes.canary_found': 'A trouvé son fichier d’essai en {time}.',
  'probes.canary_none': 'N’a pas de fichier d’essai.',
  'probes.canaryFailed': 'N’a pas trouvé son fichier d’essai : {problem}',
  'probes.gateClosed': 'Le sas est fermé : {reason}',
  'probes.startWith': 'À lancer dans un terminal :',
  'probes.copyCommand': 'Copier la commande',
  'probes.settings': 'Réglages',
  'probes.noSettings': 'Cette sonde n’a pas de réglages propres.',
  'probes.profilesHelp': 'Les profils dont les fichiers sont regardés par cette sonde.',
  'probes.more': 'À définir encore',
};
