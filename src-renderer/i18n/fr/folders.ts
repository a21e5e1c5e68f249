import type { folders as original } from '../en/folders';
import type { Translation } from '../text-types';

export const folders: Translation<typeof original> = {
  'folders.empty': 'Aucun dossier n’est surveillé.',
  'folders.emptyHelp':
    'Les fichiers qui apparaissent dans un dossier surveillé sont contrôlés tout seuls, tant que la passerelle fonctionne.',
  'folders.add': 'Ajouter un dossier…',
  'folders.sweep': 'Regarder maintenant',
  'folders.swept': 'Tous les dossiers surveillés ont été parcourus.',
  'folders.remove': 'Ne plus surveiller',
  'folders.profile': 'profil {profile}',
  'folders.watching': 'Surveillé',
  'folders.paused': 'En pause',
  'folders.missing': 'Absent',
  'folders.unreadable': 'Illisible',
  'folders.unknown': 'Pas encore connu',
  'folders.pauseOne': 'Mettre en pause {folder}',
  'folders.resumeOne': 'Reprendre {folder}',
  'folders.notText':
    'Le nom de {folder} n’est pas en UTF-8, la configuration ne peut donc pas le contenir. Renommez le dossier, puis ajoutez-le.',
  'folders.notKept':
    '{folder} : ceci vaut jusqu’au redémarrage du moteur, car la configuration n’a pas été modifiée : {problem}',
};
