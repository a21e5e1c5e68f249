import type { Section } from '../text-types';

export const folders = {
  'folders.empty': 'No folder is watched.',
  'folders.emptyHelp':
    'Files that appear in a watched folder are gated by themselves, for as long as the gateway runs.',
  'folders.add': 'Add folder…',
  'folders.sweep': 'Look now',
  'folders.swept': 'Every watched folder was looked through.',
  'folders.remove': 'Stop watching',
  'folders.profile': 'profile {profile}',
  'folders.watching': 'Watching',
  'folders.paused': 'Paused',
  'folders.missing': 'Missing',
  'folders.unreadable': 'Unreadable',
  'folders.unknown': 'Not known yet',
  'folders.pauseOne': 'Pause {folder}',
  'folders.resumeOne': 'Resume {folder}',
  'folders.notText':
    '{folder} has a name that is not UTF-8, so the configuration cannot hold it. Rename the folder, then add it.',
  'folders.notKept':
    '{folder}: this holds until the engine begins anew, because the configuration was not changed: {problem}',
} as const satisfies Section;
