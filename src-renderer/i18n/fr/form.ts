import type { form as original } from '../en/form';
import type { Translation } from '../text-types';

export const form: Translation<typeof original> = {
  'form.save': 'Enregistrer',
  'form.saving': 'Enregistrement…',
  'form.saved': 'Écrit dans {file}',
  'form.discard': 'Abandonner les modifications',
  'form.unsaved': 'Les modifications ne sont pas encore enregistrées.',
  'form.problems': { one: '{count} champ est à corriger d’abord.', other: '{count} champs sont à corriger d’abord.' },
  'form.locked': 'défini par l’environnement ou la ligne de commande',
  'form.back': 'Retour',
  'form.newEntry': 'Nouvelle entrée',
  'form.badName': 'Commencez par une lettre ou un chiffre ; puis lettres, chiffres, point, tiret et trait bas.',
  'form.nameTaken': '{name} existe déjà.',
  'form.removed': 'Retiré : {name}',
  'form.gone': '{name} n’est plus dans la configuration.',
  'form.edit': 'Modifier',
  'form.editOne': 'Modifier {name}',
  'form.moreOf': 'Plus pour {name}',
  'form.leave': 'Enregistrer d’abord les modifications ?',
  'form.leaveHelp': 'Des modifications dans {place} ne sont pas encore enregistrées.',
  'form.stay': 'Rester ici',
};
