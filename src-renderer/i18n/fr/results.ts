import type { results as original } from '../en/results';
import type { Translation } from '../text-types';

export const results: Translation<typeof original> = {
  'results.empty': 'Aucun fichier n’est encore terminé.',
  'results.emptyHelp':
    'Déposez des fichiers ou surveillez un dossier ; chaque fichier apparaît ici dès qu’il a son verdict.',
  'results.goDrop': 'Aller à Déposer',
  'results.search': 'Nom, chemin, empreinte ou constat',
  'results.probe': 'Sonde',
  'results.noProbes': 'Aucune sonde n’est connue.',
  'results.since': 'Reçu',
  'results.hour': 'dernière heure',
  'results.day': 'dernières 24 heures',
  'results.week': '7 derniers jours',
  'results.month': '30 derniers jours',
  'results.noSubmissions': 'Il n’y a pas encore de dépôt.',
  'results.oneSubmission': 'un seul dépôt',
  'results.files': { one: '{count} fichier', other: '{count} fichiers' },
  'results.views': 'Vues enregistrées',
  'results.everything': 'Tout',
  'results.saveView': 'Enregistrer cette vue…',
  'results.saveViewTitle': 'Enregistrer cette vue',
  'results.saveViewHelp': 'La recherche, les filtres et l’ordre sont gardés sous ce nom.',
  'results.viewTaken': 'Remplace la vue {name}.',
  'results.manageViews': 'Renommer ou supprimer…',
  'results.manageTitle': 'Vues enregistrées',
  'results.viewName': 'Nom de {name}',
  'results.nameEmpty': 'Écrivez un nom.',
  'results.nameTwice': 'Deux vues ont le même nom.',
  'results.save': 'Enregistrer',
  'results.replace': 'Remplacer',
};
