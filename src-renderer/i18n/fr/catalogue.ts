import type { en } from '../en/catalogue';
import type { Translation } from '../text-types';
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

/** A key that English has and French has not is a type error. */
export const fr: Translation<typeof en> = {
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
};
