import type { Section } from '../text-types';

export const profiles = {
  'profiles.add': 'Add profile…',
  'profiles.addTitle': 'Add profile',
  'profiles.nameHelp': 'Watched folders and drops choose a profile by this name. It stays as it is.',
  'profiles.remove': 'Remove profile',
  'profiles.reset': 'Reset to defaults',
  'profiles.to': 'clean files go to {destination}',
  'profiles.noDestination': 'clean files stay in the data folder',
  'profiles.folders': { one: '{count} watched folder', other: '{count} watched folders' },
  'profiles.probesHelp': 'Who looks at the files of this profile.',
  'profiles.probe': 'Probe',
  'profiles.looks': 'Looks at files',
  'profiles.looksOne': '{probe} looks at files',
  'profiles.requiredOne': '{probe} is required',
  'profiles.requiredTitle': 'Required probes',
  'profiles.requiredHelp': 'Without the answer of each required probe no file is clean.',
  'profiles.requiredAuto': 'Automatic: all that this machine has',
  'profiles.requiredChosen': 'As ticked below',
  'profiles.probeAway': 'not on this machine',
  'profiles.yes': 'Yes',
  'profiles.no': 'No',
} as const satisfies Section;
