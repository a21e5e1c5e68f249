import { z } from 'zod';
import { findingSchema } from './finding';
import { coverageSchema } from './probe-report';

/**
 * The detection API v1.0 as both of its ends speak it: keys and values of BroAPT's daemon, and what Dropgate adds to
 * them (docs/workers.md). Additions are optional keys and further routes, so that original clients and daemons fit.
 */
export const API_ROOT = '/api/v1.0';

/** No NUL: no program could be given one. */
const text = z.string().regex(/^[^\0]*$/, 'holds a NUL');
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** A text is for a shell; a list is a program and its arguments, and no shell reads it. */
export const commandSchema = z.union([text, z.array(text).min(1)]);
export type Command = string | readonly string[];
/** One text, or a list of commands. */
export const commandsSchema = z.union([text, z.array(commandSchema)]);

/** A type that can be asked about. */
export const askedTypeSchema = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9][\w.+-]*\/[A-Za-z0-9][\w.+-]*$/);

/** Body of `POST /scan`. All keys of the original must be there. */
export const scanRequestSchema = z.object({
  name: text.max(4096),
  mime: askedTypeSchema,
  uuid: z.string(),
  report: commandSchema,
  shared: text,
  inited: z.boolean(),
  workdir: text,
  environ: z.record(z.string(), text),
  install: commandsSchema,
  scripts: commandsSchema,
  /** Ours: where the bytes are; `uploaded`: sent before under this uuid. Without it: `name` below the worker's dumpPath. */
  bytes: z.enum(['shared', 'uploaded']).optional(),
  /** Ours: what the bytes must hash to; needed with `uploaded`. */
  sha256: sha256Schema.optional(),
});
export type ScanRequest = z.infer<typeof scanRequestSchema>;

/**
 * Ours: what a detection states about the bytes with that hash, in answer to the request with that uuid. Only such a
 * statement can make a file clean; `reported: true` alone says that commands ended with 0.
 */
export const detectionReportSchema = z
  .object({
    uuid: z.string(),
    sha256: sha256Schema,
    size: z.number().int().nonnegative(),
    statement: z.enum(['nothing_found', 'found']),
    findings: z.array(findingSchema.omit({ probe: true })).max(1000),
    coverage: coverageSchema,
    engineVersion: z.string().min(1),
    databaseVersion: z.string().nullable(),
  })
  .refine((report) => (report.statement === 'found') === report.findings.length > 0, {
    message: 'the statement and the findings disagree',
  });
export type DetectionReport = z.infer<typeof detectionReportSchema>;

const flag = z.boolean().nullable();

/** Answers about a detection. The documents spell `initied` in most bodies: both are sent, either is read. */
export const detectionAnswerSchema = z.object({
  id: z.string(),
  inited: flag.optional(),
  initied: flag.optional(),
  scanned: flag,
  reported: flag,
  deleted: z.boolean(),
  report: detectionReportSchema.optional(),
  /** Ours: which step failed, for a person. */
  failed: z.string().optional(),
});
export type DetectionAnswer = z.infer<typeof detectionAnswerSchema>;

/** Body of every refusal; original daemons send it with HTTP 200 too. */
export const refusalSchema = z.object({ status: z.number().int().min(400), error: z.unknown(), message: z.unknown() });

/** Ours: `GET /health`. */
export const daemonHealthSchema = z.object({
  program: z.string(),
  api: z.literal('1.0'),
  state: z.enum(['ready', 'not_ready']),
  problem: z.string().nullable(),
  engineVersion: z.string().min(1),
  databaseVersion: z.string().nullable(),
  /** Largest file in bytes. */
  maxBytes: z.number().int().positive(),
  running: z.number().int().nonnegative(),
  waiting: z.number().int().nonnegative(),
});
export type DaemonHealth = z.infer<typeof daemonHealthSchema>;

/** Ours: `GET /definition?mime=...`: what to post so that it equals the worker's own. Values of `environ` stay there. */
export const definitionAnswerSchema = scanRequestSchema.pick({
  mime: true,
  report: true,
  shared: true,
  inited: true,
  workdir: true,
  environ: true,
  install: true,
  scripts: true,
});
export type DefinitionAnswer = z.infer<typeof definitionAnswerSchema>;
