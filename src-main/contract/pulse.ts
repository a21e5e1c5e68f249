import { z } from 'zod';
import { gateStateSchema } from './gate-state';

/**
 * What moves now, since the last moment in which nothing did. `bytes` are those of files taken so far, `sized` how many
 * these are: sizes are known when a file is taken. Rates are over the last five seconds; `etaSeconds` null while nothing can be said.
 */
export const activitySchema = z.object({
  files: z.number(),
  settled: z.number(),
  sized: z.number(),
  bytes: z.number(),
  settledBytes: z.number(),
  bytesPerSecond: z.number(),
  filesPerSecond: z.number(),
  etaSeconds: z.number().nullable(),
  /** Milliseconds since anything moved on, in whole seconds: "no progress for 12 s". */
  stillMs: z.number(),
});
export type Activity = z.infer<typeof activitySchema>;

/**
 * The one thing that an engine pushes: at most four a second, and only when something changed. Views read their rows
 * again when the revision that concerns them is another one.
 */
export const pulseSchema = z.object({
  pid: z.number(),
  program: z.string(),
  gate: gateStateSchema,
  /** Milliseconds since 1970 of the gate's last change. */
  gateSince: z.number(),
  paused: z.boolean(),
  /** Why nothing new is taken; null while everything is. */
  intake: z.string().nullable(),
  /** Null when nothing moves. */
  activity: activitySchema.nullable(),
  counts: z.object({ unsettled: z.number(), waiting: z.number(), held: z.number(), quarantined: z.number() }),
  /** What ended since this engine began, for notifications. */
  ended: z.object({
    clean: z.number(),
    suspicious: z.number(),
    infected: z.number(),
    unverified: z.number(),
    failed: z.number(),
  }),
  /** What people should know of the ledger: that it was damaged and restored. Null when there is nothing to tell. */
  notice: z.string().nullable(),
  revision: z.object({ items: z.number(), probes: z.number(), folders: z.number(), settings: z.number() }),
});
export type Pulse = z.infer<typeof pulseSchema>;
