import type { settings as original } from '../en/settings';
import type { Translation } from '../text-types';

export const settings: Translation<typeof original> = {
  'settings.search': 'Rechercher dans les réglages',
  'settings.gateway': 'Passerelle',
  'settings.window': 'Cette fenêtre',
  'settings.windowHelp': 'Gardé aussitôt, pour vous seul.',
  'settings.theme': 'Thème',
  'settings.theme_system': 'Comme le système',
  'settings.theme_light': 'Clair',
  'settings.theme_dark': 'Sombre',
  'settings.language': 'Langue',
  'settings.language_system': 'Comme le système',
  'settings.language_en': 'English',
  'settings.language_fr': 'Français',
  'settings.notifications': 'Notifications',
  'settings.notificationsHelp':
    'Dire quand des fichiers sont terminés ou que le sas se ferme, quand la fenêtre est absente.',
  'settings.drainOnQuit': 'Finir les fichiers avant de quitter',
  'settings.drainOnQuitHelp': 'Sinon, ce qui est en cours est repris au prochain démarrage. Aucun fichier n’est perdu.',
  'settings.movesNothing':
    'Rien n’est déplacé : l’historique, les fichiers retenus et la quarantaine restent dans l’ancien dossier, et Dropgate recommence dans celui-ci.',
  'settings.found': 'Trouvé : {keys}',
  'settings.elsewhere': 'Dans leurs propres vues',
  'settings.about': 'À propos',
  'settings.platform': 'Plateforme',
  'settings.configuration': 'Configuration',
  'settings.writtenTo': 'Écrit dans {file}, dont les commentaires restent.',
  'settings.themeHelp': 'Clair, sombre, ou comme le système à ce moment.',
  'settings.languageHelp': 'De cette fenêtre et des rapports qui en sont exportés.',
  'settings.version': 'Version',
  'settings.dataFolder': 'Dossier de données',
};
