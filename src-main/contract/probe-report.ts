import { z } from 'zod';
import { findingSchema } from './finding';

/**
 * How much of the item a probe really looked at. Anything but `complete` can never become `clean`.
 * `detail` is a plain clause that fits after "because": "the member a.doc is encrypted"; where all was looked at, a
 * remark on how, as a rule none.
 */
export const coverageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('complete'), detail: z.string().min(1).optional() }),
  z.object({
    kind: z.literal('incomplete'),
    reason: z.enum(['encrypted', 'limit_exceeded', 'unsupported', 'partial', 'timeout']),
    detail: z.string().min(1),
  }),
]);
export type Coverage = z.infer<typeof coverageSchema>;

/**
 * What a probe unpacked from an item that holds others, stated only where nothing of it stayed closed or unread: the
 * item is these members and nothing else.
 */
export const unpackedSchema = z.object({
  /** Children that were staged. */
  members: z.number().int().positive(),
  /** Of those, how many a known password opened. */
  decrypted: z.number().int().nonnegative(),
});
export type Unpacked = z.infer<typeof unpackedSchema>;

/**
 * What a probe states about one item. `nothing_found` is the explicit positive statement that `clean` needs; there
 * is no default. `found` carries at least one finding.
 */
export const probeReportSchema = z
  .object({
    statement: z.enum(['nothing_found', 'found']),
    findings: z.array(findingSchema),
    coverage: coverageSchema,
    unpacked: unpackedSchema.optional(),
    engineVersion: z.string().min(1),
    /** Null when the probe has no database or does not know its version (then nothing is cached). */
    databaseVersion: z.string().nullable(),
  })
  .refine((report) => (report.statement === 'found') === report.findings.length > 0, {
    message: 'the statement and the findings disagree',
  });
export type ProbeReport = z.infer<typeof probeReportSchema>;

export const probeHealthSchema = z.object({
  state: z.enum(['ready', 'not_ready']),
  /** Why it is not ready, and what to do; null when ready. */
  problem: z.string().nullable(),
  engineVersion: z.string().nullable(),
  databaseVersion: z.string().nullable(),
  /** ISO 8601 time of the database, where the probe tells it. */
  databaseDate: z.string().nullable(),
  signatures: z.number().int().nonnegative().nullable(),
  /** Largest file in bytes that this probe covers now; null = no limit of its own. */
  maxBytes: z.number().int().positive().nullable(),
  /** Short remarks a person should see: "INSTREAM, because clamd cannot read the staging folder". */
  notes: z.array(z.string()).default([]),
  /**
   * Where it is not ready because a program on this machine does not run: the command line with which the user of the
   * engine can start it without further rights, quoted for a shell. Left out where nobody knows one.
   */
  startCommand: z.string().optional(),
});
export type ProbeHealth = z.infer<typeof probeHealthSchema>;
