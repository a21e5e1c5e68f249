import { z } from 'zod';
import { UNVERIFIED_REASONS } from './verdict';

/** Profile snapshot of one submission: fixed when it is received, so that a changed configuration never changes what was promised. */
export const planSchema = z.object({
  mode: z.enum(['gate', 'scan']),
  profile: z.string(),
  probes: z.array(z.string()).min(1),
  required: z.array(z.string()),
  limits: z.object({
    fileBytes: z.number(),
    archiveDepth: z.number(),
    archiveFiles: z.number(),
    archiveBytes: z.number(),
    archiveRatio: z.number(),
    seconds: z.number(),
  }),
  passwords: z.array(z.string()),
  /** Destination id; null in a scan, which disposes of nothing. */
  destination: z.string().nullable(),
  source: z.enum(['keep', 'move']),
  /** The watched folder that it came from, as configured; null = not from one. */
  watchFolder: z.string().nullable(),
  /** Cached results are not used. */
  force: z.boolean(),
  /** SHA-1, MD5 and the file type are found for every item, not only where a probe needs them. */
  describeAll: z.boolean(),
});
export type Plan = z.infer<typeof planSchema>;

/** Why the bytes of an item could not be taken whole. */
export const intakeProblemSchema = z.object({
  reason: z.enum(UNVERIFIED_REASONS),
  detail: z.string().min(1),
});
export type IntakeProblem = z.infer<typeof intakeProblemSchema>;

/** Which file it was, as the system counts files. Decimal strings where 64 bits are needed. */
export const fileIdentitySchema = z.object({
  dev: z.string(),
  ino: z.string(),
  size: z.number(),
  mtimeNs: z.string(),
});
export type FileIdentity = z.infer<typeof fileIdentitySchema>;
