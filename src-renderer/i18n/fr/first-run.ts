import type { firstRun as original } from '../en/first-run';
import type { Translation } from '../text-types';

export const firstRun: Translation<typeof original> = {
  'firstRun.title': 'Premiers pas',
  'firstRun.command': 'Montrer les premiers pas',
  'firstRun.intro':
    'Trois courts essais montrent que le sas fonctionne sur cet ordinateur. Des fichiers peuvent être déposés à tout moment.',
  'firstRun.skipAll': 'Tout passer',
  'firstRun.skip': 'Passer cette étape',
  'firstRun.goOn': 'Continuer',
  'firstRun.finish': 'Terminer',
  'firstRun.end.open': 'Pas faite',
  'firstRun.end.proved': 'Fonctionne',
  'firstRun.end.skipped': 'Passée',
  'firstRun.probes': 'Tester les sondes',
  'firstRun.help.probes': 'Chaque sonde reçoit un fichier d’essai sans danger, qu’elle doit trouver.',
  'firstRun.testProbes': 'Tester les sondes',
  'firstRun.testProbesAgain': 'Tester à nouveau les sondes',
  'firstRun.testFailed': 'L’essai n’a pas pu être fait : {problem}',
  'firstRun.probesProved': 'Toutes les sondes requises fonctionnent. Le sas est ouvert.',
  'firstRun.gateClosed': 'Le sas est fermé, et les fichiers attendent qu’il s’ouvre : {reason}',
  'firstRun.destination': 'Tester la destination',
  'firstRun.help.destination': 'Un petit fichier est déposé là où iront les fichiers sains, relu, puis retiré.',
  'firstRun.destinationIs': 'Les fichiers sains du profil {profile} vont vers {destination}.',
  'firstRun.otherDestination': 'Définir une autre destination',
  'firstRun.drop': 'Déposer un premier fichier',
  'firstRun.help.drop': 'Déposez un fichier dans cette fenêtre, ou choisissez-en un, et suivez-le jusqu’à son verdict.',
  'firstRun.waits': 'Il attend : {problem}',
  'firstRun.showResult': 'Voir le résultat',
  'firstRun.dropProved': 'Le sas fonctionne. Tout ce qui est déposé dans cette fenêtre suit désormais ce chemin.',
  'firstRun.dropEmpty': 'Il ne contenait aucun fichier. Choisissez-en un autre.',
};
