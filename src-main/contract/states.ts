import { z } from 'zod';

/**
 * The legal transitions of an item: one table that the pipeline, recovery, the crash suite and the unit tests read.
 * Each entry is one transition function of pipeline/transitions.ts and one atomic step in the ledger.
 */
export const ITEM_STATES = [
  'received',
  'staged',
  'planned',
  'scanning',
  'decided',
  'disposing',
  'forwarded',
  'quarantined',
  'held',
  'released',
  'deleted',
  'cancelled',
  'skipped',
] as const;
export const itemStateSchema = z.enum(ITEM_STATES);
export type ItemState = z.infer<typeof itemStateSchema>;

interface Transition {
  readonly from: readonly (ItemState | 'none')[];
  readonly to: ItemState;
}

export const ITEM_TRANSITIONS = {
  receive: { from: ['none'], to: 'received' },
  skip: { from: ['none'], to: 'skipped' },
  adopt: { from: ['none'], to: 'staged' },
  stage: { from: ['received'], to: 'staged' },
  plan: { from: ['staged'], to: 'planned' },
  start: { from: ['planned'], to: 'scanning' },
  decide: { from: ['received', 'scanning'], to: 'decided' },
  requeue: { from: ['scanning'], to: 'planned' },
  dispose: { from: ['decided'], to: 'disposing' },
  forward: { from: ['disposing'], to: 'forwarded' },
  quarantine: { from: ['disposing'], to: 'quarantined' },
  hold: { from: ['disposing'], to: 'held' },
  retry: { from: ['held'], to: 'staged' },
  retake: { from: ['held'], to: 'received' },
  release: { from: ['held', 'quarantined'], to: 'released' },
  delete: { from: ['held', 'quarantined'], to: 'deleted' },
  cancel: { from: ['received', 'staged', 'planned', 'scanning'], to: 'cancelled' },
} as const satisfies Record<string, Transition>;
export type ItemTransition = keyof typeof ITEM_TRANSITIONS;

export const JOB_STATES = ['pending', 'running', 'done', 'error', 'skipped', 'cancelled'] as const;
export const jobStateSchema = z.enum(JOB_STATES);
export type JobState = z.infer<typeof jobStateSchema>;

export const JOB_TRANSITIONS = {
  lease: { from: ['pending'], to: 'running' },
  finish: { from: ['running'], to: 'done' },
  fail: { from: ['running', 'pending'], to: 'error' },
  skip: { from: ['pending', 'running'], to: 'skipped' },
  release: { from: ['running'], to: 'pending' },
  cancel: { from: ['pending', 'running'], to: 'cancelled' },
} as const satisfies Record<string, { readonly from: readonly JobState[]; readonly to: JobState }>;
export type JobTransition = keyof typeof JOB_TRANSITIONS;

/** States an item of its own never leaves by itself. `decided` ends children (they go where their root goes) and scans. */
export const SETTLED_STATES: readonly ItemState[] = [
  'forwarded',
  'quarantined',
  'held',
  'released',
  'deleted',
  'cancelled',
  'skipped',
];
