/** Each view as the navigation calls it, and its address. */
export const VIEW_NAMES = {
  drop: 'Drop',
  queue: 'Queue',
  results: 'Results',
  quarantine: 'Quarantine',
  folders: 'Watched folders',
  probes: 'Probes',
  destinations: 'Destinations',
  profiles: 'Profiles',
  overview: 'Overview',
  settings: 'Settings',
} as const;
export const VIEW_ADDRESSES = Object.keys(VIEW_NAMES) as (keyof typeof VIEW_NAMES)[];
export const THEMES = ['light', 'dark'] as const;
