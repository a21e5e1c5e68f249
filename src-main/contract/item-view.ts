import { z } from 'zod';
import { childReportSchema, reportSchema } from './report';
import { resultItemSchema } from './result';
import { itemStateSchema } from './states';
import { dispositionSchema } from './verdict';

const verdictWord = z.enum(['clean', 'suspicious', 'infected', 'unverified', 'skipped', 'cancelled']);

/** One row of Queue, Results or Quarantine: what a table shows, and no more. Names are already escaped. */
export const itemRowSchema = z.object({
  id: z.string(),
  submission: z.guid(),
  name: z.string(),
  path: z.string(),
  size: z.number().nullable(),
  mime: z.string().nullable(),
  sha256: z.string().nullable(),
  state: itemStateSchema,
  verdict: verdictWord.nullable(),
  sentence: z.string().nullable(),
  disposition: dispositionSchema.nullable(),
  /** The worst finding's name, and how many there are, members of an archive included. */
  finding: z.string().nullable(),
  findings: z.number(),
  problem: z.string().nullable(),
  receivedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** Probes at work on it now, by id; of an item that ended, none. */
  running: z.array(z.string()),
});
export type ItemRow = z.infer<typeof itemRowSchema>;

export const SORT_KEYS = ['time', 'name', 'size', 'verdict'] as const;

/**
 * Which items: all conditions together; members of an archive are found with their archive. `text` is looked for in name,
 * path, finding names, and at the beginning of hashes (six hex digits or more). `open`: true for what has not ended, false for what has, null
 * for both. `probe`: what this probe found something in, or failed on. Sorted by verdict, ascending begins with infected.
 */
export const itemQuerySchema = z.object({
  text: z.string().max(1000).default(''),
  open: z.boolean().nullable().default(null),
  submission: z.guid().nullable().default(null),
  verdicts: z.array(verdictWord).default([]),
  dispositions: z.array(dispositionSchema).default([]),
  probe: z.string().nullable().default(null),
  /** Received at or after, ISO 8601. */
  since: z.iso.datetime().nullable().default(null),
  sort: z.object({ by: z.enum(SORT_KEYS), descending: z.boolean() }).default({ by: 'time', descending: true }),
});
export type ItemQuery = z.infer<typeof itemQuerySchema>;

/** Everything about one item, for its page. `children` are all descendants (at most 1,000; `childrenLeftOut` more). */
export const itemPageSchema = z.object({
  item: resultItemSchema.extend({ submission: z.guid(), at: z.iso.datetime().nullable() }),
  submission: z.object({ guid: z.guid(), origin: z.string(), profile: z.string(), receivedAt: z.iso.datetime() }),
  children: z.array(childReportSchema),
  childrenLeftOut: z.number(),
  guidance: z.array(z.object({ tag: z.string(), title: z.string(), guidance: z.string() })),
  custody: z.array(z.object({ seq: z.number(), at: z.iso.datetime(), event: z.string(), data: z.string() })),
  report: reportSchema.nullable(),
});
export type ItemPage = z.infer<typeof itemPageSchema>;

export const submissionRowSchema = z.object({
  guid: z.guid(),
  origin: z.string(),
  profile: z.string(),
  receivedAt: z.iso.datetime(),
  sealed: z.boolean(),
  items: z.number(),
  settled: z.number(),
  waiting: z.number(),
  problem: z.string().nullable(),
  clean: z.number(),
  suspicious: z.number(),
  infected: z.number(),
  unverified: z.number(),
  /** Bytes of files taken so far: of `sized` files. What was not taken yet has no size. */
  bytes: z.number(),
  sized: z.number(),
  /** Those of `bytes` whose files have ended. */
  settledBytes: z.number(),
});
export type SubmissionRow = z.infer<typeof submissionRowSchema>;

/**
 * Figures for the overview. `hours`: oldest first, one entry an hour, empty hours too, the last is the one of now.
 * `probes`: over the newest 5,000 files of that time; results from the cache count as jobs and not for the durations.
 */
export const overviewSchema = z.object({
  hours: z.array(
    z.object({
      at: z.iso.datetime(),
      clean: z.number(),
      suspicious: z.number(),
      infected: z.number(),
      unverified: z.number(),
      bytes: z.number(),
    }),
  ),
  probes: z.array(
    z.object({ probe: z.string(), jobs: z.number(), failed: z.number(), medianMs: z.number(), p95Ms: z.number() }),
  ),
});
export type Overview = z.infer<typeof overviewSchema>;
