import type { profiles as original } from '../en/profiles';
import type { Translation } from '../text-types';

export const profiles: Translation<typeof original> = {
  'profiles.add': 'Ajouter un profil…',
  'profiles.addTitle': 'Ajouter un profil',
  'profiles.nameHelp': 'Les dossiers surveillés et les dépôts choisissent un profil par ce nom. Il ne change plus.',
  'profiles.remove': 'Retirer le profil',
  'profiles.reset': 'Réinitialiser',
  'profiles.to': 'les fichiers sains vont vers {destination}',
  'profiles.noDestination': 'les fichiers sains restent dans le dossier de données',
  'profiles.folders': { one: '{count} dossier surveillé', other: '{count} dossiers surveillés' },
  'profiles.probesHelp': 'Qui regarde les fichiers de ce profil.',
  'profiles.probe': 'Sonde',
  'profiles.looks': 'Regarde',
  'profiles.looksOne': '{probe} regarde les fichiers',
  'profiles.requiredOne': '{probe} est requise',
  'profiles.requiredTitle': 'Sondes requises',
  'profiles.requiredHelp': 'Sans la réponse de chaque sonde requise, aucun fichier n’est sain.',
  'profiles.requiredAuto': 'Automatique : celles de cette machine',
  'profiles.requiredChosen': 'Selon les cases ci-dessous',
  'profiles.probeAway': 'absente de cette machine',
  'profiles.yes': 'Oui',
  'profiles.no': 'Non',
};
