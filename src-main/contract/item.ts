import { z } from 'zod';

/** SHA-256 always; SHA-1 and MD5 where a report or a list needs them. Lower-case hex. */
export const hashesSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sha1: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .nullable(),
  md5: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
});
export type Hashes = z.infer<typeof hashesSchema>;

/** What the bytes are, whatever the name says. */
export const fileTypeSchema = z.object({
  mime: z.string().min(1),
  description: z.string(),
  /** True when nothing recognised the bytes; `mime` is then application/octet-stream. */
  unknown: z.boolean(),
});
export type FileType = z.infer<typeof fileTypeSchema>;

/**
 * A name as people and programs see it. `display` is escaped (controls and bidi overrides visible);
 * `bytes` is base64 of the true bytes when they are not valid UTF-8, else null.
 */
export const nameSchema = z.object({ display: z.string(), bytes: z.string().nullable() });
export type Name = z.infer<typeof nameSchema>;
