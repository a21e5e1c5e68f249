/** Titles and descriptions of `probes.command`. */
export const FRENCH_COMMAND_SCHEMA: readonly (readonly [string, string])[] = [
  ['Commands', 'Commandes'],
  ['Runs programs of your own on files.', 'Lance vos propres programmes sur les fichiers.'],
  ['Definitions', 'Définitions'],
  [
    'The api.yml that says which commands look at which files.',
    'L’api.yml qui dit quelles commandes examinent quels fichiers.',
  ],
  ['Folder of the APIs', 'Dossier des API'],
  [
    'What the commands need, in a folder for each type; without it the folder of the definitions.',
    'Ce dont les commandes ont besoin, dans un dossier par type ; sans lui, le dossier des définitions.',
  ],
  ['Logs', 'Journaux'],
  [
    'What the commands wrote; without it in the data folder.',
    'Ce que les commandes ont écrit ; sans lui, dans le dossier de données.',
  ],
  ['Log files', 'Fichiers de journal'],
  [
    'How many logs are kept; the oldest are removed.',
    'Combien de journaux sont gardés ; les plus anciens sont retirés.',
  ],
  ['How many files are looked at at once.', 'Combien de fichiers sont examinés à la fois.'],
  ['A larger file is not looked at by commands.', 'Un fichier plus grand n’est pas examiné par les commandes.'],
  [
    'How long scripts and report may take for one file, retries included.',
    'La durée de scripts et report pour un fichier, nouveaux essais compris.',
  ],
  ['Time to install', 'Durée d’installation'],
  ['How long installing one API may take.', 'La durée que peut prendre l’installation d’une API.'],
  ['Attempts', 'Essais'],
  ['How often a command that fails is tried in all.', 'Combien de fois en tout une commande qui échoue est essayée.'],
  ['Rest', 'Pause'],
  [
    'How long to wait before a command is tried again.',
    'Combien de temps attendre avant d’essayer une commande à nouveau.',
  ],
  ['Memory', 'Mémoire'],
  ['How much memory of its own a command may use (Linux).', 'La mémoire propre qu’une commande peut utiliser (Linux).'],
  ['Output', 'Sortie'],
  ['How much a command may print.', 'Ce qu’une commande peut afficher.'],
  ['Written files', 'Fichiers écrits'],
  ['How large a file a command may write (Linux).', 'La taille d’un fichier qu’une commande peut écrire (Linux).'],
];
