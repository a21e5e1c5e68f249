import { z } from 'zod';
import { severitySchema } from '../../contract/finding';

/** What one end of a report command means: nothing was found, or this was. */
const foundSchema = z.strictObject({
  /** Fixed words; or what stands between two texts on each line of the report's output, and other words where it does not. */
  name: z.union([
    z.string().min(1),
    z.strictObject({ between: z.tuple([z.string(), z.string()]), otherwise: z.string().min(1) }),
  ]),
  severity: severitySchema,
  category: z.string().min(1).default('command'),
  guidance: z.array(z.string()).default([]),
});
export type Found = z.infer<typeof foundSchema>;

const meaningSchema = z.union([z.literal('clean'), foundSchema], {
  error: 'write clean, or keys below it: name, severity (malicious, suspicious or info), category, guidance',
});
export type Meaning = z.infer<typeof meaningSchema>;

/** From 125 on a code says that something could not be run, or which signal ended it (POSIX, Shell Command Language, 2.8.2). */
const exitCode = z.string().regex(/^(\d|[1-9]\d|1[01]\d|12[0-4])$/, 'write an exit code from 0 to 124');

/**
 * What the end of a report command means. `exit`: by its exit code, and a code that is not named is a failure. `json`: by
 * the JSON on its standard output, with exit code 0: a `document` says the verdict itself (see jsonDocumentSchema), else
 * the value of one key (dotted where it lies deeper) is looked up.
 */
export const verdictMappingSchema = z
  .strictObject({
    exit: z.record(exitCode, meaningSchema).optional(),
    json: z
      .union(
        [
          z.literal('document'),
          z.strictObject({ key: z.string().min(1), values: z.record(z.string(), meaningSchema) }),
        ],
        { error: 'write document, or the keys key and values' },
      )
      .optional(),
  })
  .refine(({ exit }) => Object.entries(exit ?? {}).every(([code, meaning]) => code === '0' || meaning !== 'clean'), {
    path: ['exit'],
    error: 'write clean for 0 only, since a program that crashes ends with another code; a script can turn it round',
  })
  .refine(({ exit, json }) => (exit === undefined) !== (json === undefined), 'write either exit or json below it');
export type VerdictMapping = z.infer<typeof verdictMappingSchema>;

/** What a report prints for `json: document`: other keys are its own matter. One that is clean and has findings is neither. */
export const jsonDocumentSchema = z.union([
  z.object({ verdict: z.literal('clean'), findings: z.array(z.unknown()).max(0).optional() }),
  z.object({
    verdict: z.literal('found'),
    findings: z
      .array(
        z.object({
          name: z.string().min(1),
          severity: severitySchema,
          category: z.string().min(1).default('command'),
          evidence: z.string().optional(),
          guidance: z.array(z.string()).default([]),
        }),
      )
      .min(1),
  }),
]);

/** Exit codes with which a report has answered; any other one is a failure. */
export function answeringExits({ exit }: VerdictMapping): readonly number[] {
  return exit === undefined ? [0] : Object.keys(exit).map(Number);
}
