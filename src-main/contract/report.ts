import { z } from 'zod';
import { findingSchema } from './finding';
import { fileTypeSchema, hashesSchema, nameSchema } from './item';
import { coverageSchema } from './probe-report';
import { jobStateSchema } from './states';
import { dispositionSchema, verdictSchema } from './verdict';

export const REPORT_SCHEMA = 'dropgate-report/1';

/** One job of an item as reports and --json show it. Durations in milliseconds. */
export const jobReportSchema = z.object({
  probe: z.string(),
  state: jobStateSchema,
  /** Why it was skipped or failed; null for the others. */
  problem: z.string().nullable(),
  statement: z.enum(['nothing_found', 'found']).nullable(),
  coverage: coverageSchema.nullable(),
  engineVersion: z.string().nullable(),
  databaseVersion: z.string().nullable(),
  attempts: z.number().int().nonnegative(),
  durationMs: z.number().nonnegative().nullable(),
  cached: z.boolean(),
});
export type JobReport = z.infer<typeof jobReportSchema>;

/** A child item inside its root's report. */
export const childReportSchema = z.object({
  id: z.string(),
  parent: z.string(),
  name: nameSchema,
  size: z.number().int().nonnegative(),
  hashes: hashesSchema.nullable(),
  type: fileTypeSchema.nullable(),
  verdict: verdictSchema.nullable(),
  findings: z.array(findingSchema),
  jobs: z.array(jobReportSchema),
});
export type ChildReport = z.infer<typeof childReportSchema>;

/** `<filename>.report.json`: everything Dropgate knows about one item when it was disposed. */
export const reportSchema = z.object({
  schema: z.literal(REPORT_SCHEMA),
  writtenAt: z.iso.datetime(),
  program: z.string(),
  submission: z.object({ guid: z.guid(), profile: z.string(), origin: z.string(), receivedAt: z.iso.datetime() }),
  item: z.object({
    id: z.string(),
    name: nameSchema,
    relativePath: nameSchema,
    source: nameSchema,
    size: z.number().int().nonnegative().nullable(),
    hashes: hashesSchema.nullable(),
    type: fileTypeSchema.nullable(),
  }),
  verdict: verdictSchema,
  findings: z.array(findingSchema),
  jobs: z.array(jobReportSchema),
  children: z.array(childReportSchema),
  guidance: z.array(z.object({ tag: z.string(), title: z.string(), guidance: z.string() })),
  disposition: dispositionSchema,
  destination: nameSchema.nullable(),
  custody: z.object({ seq: z.number().int().nonnegative(), head: z.string() }),
});
export type Report = z.infer<typeof reportSchema>;
