import type { settings as original } from '../en/settings';
import type { Translation } from '../text-types';

export const settings: Translation<typeof original> = {
  'settings.search': 'Rechercher dans les réglages',
  'settings.gateway': 'Passerelle',
  'settings.file': 'Écrit dans {file}, dont les commentaires restent.',
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
    'Dire quand des fichiers sont terminés ou que la porte se ferme, quand la fenêtre est absente.',
  'settings.drainOnQuit': 'Finir les fichiers avant de quitter',
  'settings.drainOnQuitHelp': 'Sinon, ce qui est en route continue au prochain démarrage.',
  'settings.elsewhere': 'Dans leurs propres vues',
  'settings.about': 'À propos',
  'settings.version': 'Dropgate {version}, Electron {electron}, {platform}',
  'settings.dataDir': 'Dossier de données',
};
