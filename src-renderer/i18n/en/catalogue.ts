import { destinations } from './destinations';
import { drop } from './drop';
import { firstRun } from './first-run';
import { folders } from './folders';
import { form } from './form';
import { frame } from './frame';
import { item } from './item';
import { overview } from './overview';
import { parts } from './parts';
import { probes } from './probes';
import { profiles } from './profiles';
import { quarantine } from './quarantine';
import { queue } from './queue';
import { results } from './results';
import { settings } from './settings';
import { types } from './types';

/** Every text of the window. English is the type; each view has its own file. */
export const en = {
  ...frame,
  ...parts,
  ...types,
  ...form,
  ...drop,
  ...queue,
  ...results,
  ...item,
  ...quarantine,
  ...folders,
  ...probes,
  ...destinations,
  ...profiles,
  ...overview,
  ...settings,
  ...firstRun,
} as const;
