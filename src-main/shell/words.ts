import { toldIn } from '../contract/told';

/** Texts of the shell itself: menus, tray, notifications. The window has its own catalogue. */
const ENGLISH = {
  file: 'File',
  chooseFiles: 'Choose files…',
  chooseFolder: 'Choose folder…',
  settings: 'Settings',
  quit: 'Quit Dropgate',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  help: 'Help',
  keyboard: 'Keyboard shortcuts',
  open: 'Open Dropgate',
  pause: 'Pause the gate',
  resume: 'Resume the gate',
  gateOpen: 'Gate open',
  gateClosed: 'Gate closed',
  gatePaused: 'Gate paused',
  engineAway: 'The engine does not run',
  inWork: (count: number) => (count === 1 ? '1 file in work' : `${count} files in work`),
  toReview: (count: number) => (count === 1 ? '1 file to review' : `${count} files to review`),
  needYou: (count: number) => (count === 1 ? '1 file needs you' : `${count} files need you`),
  infected: (count: number) => `${count} infected`,
  suspicious: (count: number) => `${count} suspicious`,
  unverified: (count: number) => `${count} unverified`,
  failed: (count: number) => `${count} failed`,
  closedSince: 'Files wait until it is open again.',
  engineFailed: 'The engine stopped and does not start again',
  pageFailedTitle: 'The window stopped working',
  pageFailed: 'Its page ended several times within ten minutes. The engine goes on. Start Dropgate again.',
  startFailedTitle: 'Dropgate cannot start',
  unsaved: 'Changes are not saved',
  unsavedHelp: 'Settings were changed in this window and not saved. They are lost when it is closed.',
  keepEditing: 'Keep editing',
  closeUnsaved: 'Close without saving',
  unexpectedTitle: 'Something failed in the window',
  unexpected: 'Files are not concerned: the engine goes on. If the window misbehaves, start it again.',
  /** What the engine told. */
  told: (text: string) => toldIn('en', text),
};

export type Words = typeof ENGLISH;

const FRENCH: Words = {
  file: 'Fichier',
  chooseFiles: 'Choisir des fichiers…',
  chooseFolder: 'Choisir un dossier…',
  settings: 'Réglages',
  quit: 'Quitter Dropgate',
  edit: 'Édition',
  view: 'Affichage',
  window: 'Fenêtre',
  help: 'Aide',
  keyboard: 'Raccourcis clavier',
  open: 'Ouvrir Dropgate',
  pause: 'Suspendre le sas',
  resume: 'Reprendre le sas',
  gateOpen: 'Sas ouvert',
  gateClosed: 'Sas fermé',
  gatePaused: 'Sas suspendu',
  engineAway: 'Le moteur ne fonctionne pas',
  inWork: (count) => (count < 2 ? `${count} fichier en cours` : `${count} fichiers en cours`),
  toReview: (count) => (count < 2 ? `${count} fichier à examiner` : `${count} fichiers à examiner`),
  needYou: (count) => (count < 2 ? `${count} fichier demande votre avis` : `${count} fichiers demandent votre avis`),
  infected: (count) => (count < 2 ? `${count} infecté` : `${count} infectés`),
  suspicious: (count) => (count < 2 ? `${count} suspect` : `${count} suspects`),
  unverified: (count) => (count < 2 ? `${count} non vérifié` : `${count} non vérifiés`),
  failed: (count) => (count < 2 ? `${count} en échec` : `${count} en échec`),
  closedSince: 'Les fichiers attendent sa réouverture.',
  engineFailed: 'Le moteur s’est arrêté et ne redémarre pas',
  pageFailedTitle: 'La fenêtre ne fonctionne plus',
  pageFailed: 'Sa page s’est arrêtée plusieurs fois en dix minutes. Le moteur continue. Redémarrez Dropgate.',
  startFailedTitle: 'Dropgate ne peut pas démarrer',
  unsaved: 'Des modifications ne sont pas enregistrées',
  unsavedHelp:
    'Des réglages ont été modifiés dans cette fenêtre sans être enregistrés. Ils sont perdus si elle est fermée.',
  keepEditing: 'Continuer à modifier',
  closeUnsaved: 'Fermer sans enregistrer',
  unexpectedTitle: 'Une erreur s’est produite dans la fenêtre',
  unexpected: 'Les fichiers ne sont pas concernés : le moteur continue. Si la fenêtre se comporte mal, redémarrez-la.',
  told: (text) => toldIn('fr', text),
};

/** Language to use: the person's choice, else the system's where we have it, else English. */
export function languageOf(preference: 'en' | 'fr' | 'system', systemLocale: string): 'en' | 'fr' {
  if (preference !== 'system') return preference;
  return systemLocale.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

export const wordsOf = (language: 'en' | 'fr'): Words => (language === 'fr' ? FRENCH : ENGLISH);
