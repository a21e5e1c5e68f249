import type { Section } from '../text-types';

/** Forms over dropgate.yaml, in whatever view. */
export const form = {
  'form.save': 'Save',
  'form.saving': 'Saving…',
  'form.saved': 'Written to {file}',
  'form.discard': 'Discard changes',
  'form.unsaved': 'Changes are not saved yet.',
  'form.problems': { one: '{count} field must be put right first.', other: '{count} fields must be put right first.' },
  'form.locked': 'set by the environment or the command line',
  'form.back': 'Back',
  'form.newEntry': 'New entry',
  'form.badName': 'Begin with a letter or digit; then letters, digits, dot, dash and underscore.',
  'form.nameTaken': 'There is a {name} already.',
  'form.removed': 'Removed: {name}',
  'form.gone': '{name} is not in the configuration any more.',
  'form.edit': 'Edit',
  'form.editOne': 'Edit {name}',
  'form.moreOf': 'More for {name}',
  'form.leave': 'Save the changes first?',
  'form.leaveHelp': 'Changes in {place} are not saved yet.',
  'form.stay': 'Stay here',
} as const satisfies Section;
