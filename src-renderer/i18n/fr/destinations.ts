import type { destinations as original } from '../en/destinations';
import type { Translation } from '../text-types';

export const destinations: Translation<typeof original> = {
  'destinations.empty': 'Aucune destination n’est définie.',
  'destinations.emptyHelp':
    'Les fichiers sains restent dans le dossier de données tant qu’aucun profil ne nomme une destination.',
  'destinations.add': 'Ajouter une destination…',
  'destinations.addTitle': 'Ajouter une destination',
  'destinations.nameHelp': 'Les profils utilisent ce nom. Il ne change plus.',
  'destinations.again': 'Regarder encore',
  'destinations.remove': 'Retirer la destination',
  'destinations.editOrTest': 'Modifier ou tester',
  'destinations.ready': 'Joignable',
  'destinations.not_ready': 'Injoignable',
  'destinations.unknown': 'Pas encore connue',
  'destinations.unused': 'aucun profil ne l’utilise',
  'destinations.usedBy': 'utilisée par {profiles}',
  'destinations.builtIn': 'fournie avec Dropgate',
  'destinations.test': 'Tester la connexion',
  'destinations.testTitle': 'Connexion',
  'destinations.testHelp':
    'Écrit un petit fichier comme le dit le formulaire, enregistré ou non, le relit, puis l’enlève.',
  'destinations.testFailed': 'Le test n’a pas pu être fait : {problem}',
  'destinations.works': 'Avec ces réglages, les fichiers peuvent être transmis.',
  'destinations.worksWith': 'Les fichiers peuvent être transmis avec d’autres réglages que ceux-ci. {settings}',
  'destinations.worksNot':
    'Les fichiers ne peuvent pas encore être transmis. Corrigez l’étape qui a échoué, puis testez encore.',
  'destinations.takeOver': 'Utiliser ces réglages',
  'destinations.stepWorks': 'fonctionne',
  'destinations.stepFails': 'échoue',
  'destinations.credentials': 'Identifiants',
  'destinations.credentialsHelp':
    'Gardés par le trousseau du système, jamais écrits dans un fichier. Sans eux, les endroits habituels d’AWS valent : environnement, ~/.aws, rôle de la machine.',
  'destinations.AWS_ACCESS_KEY_ID': 'Clé d’accès',
  'destinations.AWS_SECRET_ACCESS_KEY': 'Clé secrète',
  'destinations.AWS_SESSION_TOKEN': 'Jeton de session',
  'destinations.keep': 'Garder les identifiants',
  'destinations.kept': 'Les identifiants sont gardés par le trousseau du système.',
  'destinations.keptAlready': 'déjà gardé',
  'destinations.notKept':
    'Les identifiants n’ont pas été gardés : {problem} Placez-les plutôt dans l’environnement ou dans ~/.aws/credentials.',
  'destinationStep.folder': 'Trouver le dossier',
  'destinationStep.write': 'Écrire un fichier',
  'destinationStep.publish': 'Lui donner son nom',
  'destinationStep.remove': 'L’enlever',
  'destinationStep.space': 'Espace libre',
  'destinationStep.credentials': 'Identifiants',
  'destinationStep.upload': 'Déposer un objet',
  'destinationStep.read-back': 'Le relire',
  'destinationStep.conditional-put': 'Ne jamais remplacer un objet',
  'destinationStep.large-files': 'Grands fichiers en parties',
  'destinationStep.delete': 'L’enlever',
};
