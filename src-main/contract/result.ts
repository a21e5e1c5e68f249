import { z } from 'zod';
import { findingSchema } from './finding';
import { jobReportSchema } from './report';
import { itemStateSchema } from './states';
import { dispositionSchema, unverifiedReasonSchema } from './verdict';

export const RESULT_SCHEMA = 'dropgate-results/1';

/**
 * One item of `--json` and `--ndjson`. Paths are shown escaped; `*Bytes` hold base64 of the true bytes where they are
 * not UTF-8, else null. `verdict` is `skipped` for what was listed and not looked at, `cancelled` for what a person
 * stopped, null for what still waits.
 */
export const resultItemSchema = z.object({
  id: z.string(),
  parent: z.string().nullable(),
  path: z.string(),
  pathBytes: z.string().nullable(),
  relativePath: z.string(),
  relativePathBytes: z.string().nullable(),
  sha256: z.string().nullable(),
  sha1: z.string().nullable(),
  md5: z.string().nullable(),
  size: z.number().int().nonnegative().nullable(),
  mime: z.string().nullable(),
  state: itemStateSchema,
  verdict: z.enum(['clean', 'suspicious', 'infected', 'unverified', 'skipped', 'cancelled']).nullable(),
  reason: unverifiedReasonSchema.nullable(),
  /** One plain sentence: what decided it. */
  sentence: z.string().nullable(),
  findings: z.array(findingSchema),
  jobs: z.array(jobReportSchema),
  guidance: z.array(z.string()),
  disposition: dispositionSchema.nullable(),
  destination: z.string().nullable(),
  destinationBytes: z.string().nullable(),
  report: z.string().nullable(),
  reportBytes: z.string().nullable(),
  /** Why it is not where its verdict would send it. */
  problem: z.string().nullable(),
});
export type ResultItem = z.infer<typeof resultItemSchema>;

export const summarySchema = z.object({
  clean: z.number(),
  suspicious: z.number(),
  infected: z.number(),
  unverified: z.number(),
  skipped: z.number(),
  cancelled: z.number(),
  /** Clean files that did not reach their destination or whose source could not be removed, and files that still wait. */
  failed: z.number(),
  bytes: z.number(),
  seconds: z.number(),
});
export type Summary = z.infer<typeof summarySchema>;
