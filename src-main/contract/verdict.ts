import { z } from 'zod';

export const UNVERIFIED_REASONS = [
  'probe_error',
  'probe_missing',
  'timeout',
  'encrypted',
  'limit_exceeded',
  'unsupported',
  'changed',
  'partial',
  'cancelled',
  'unreadable',
] as const;
export const unverifiedReasonSchema = z.enum(UNVERIFIED_REASONS);
export type UnverifiedReason = z.infer<typeof unverifiedReasonSchema>;

/** The rule that decided, as a code; `sentence` says the same to a person. */
const decided = { rule: z.string().min(1), sentence: z.string().min(1) };

export const verdictSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('clean'), ...decided }),
  z.object({ kind: z.literal('suspicious'), ...decided }),
  z.object({ kind: z.literal('infected'), ...decided }),
  z.object({ kind: z.literal('unverified'), reason: unverifiedReasonSchema, ...decided }),
]);
export type Verdict = z.infer<typeof verdictSchema>;
export type VerdictKind = Verdict['kind'];

export const DISPOSITIONS = ['forwarded', 'quarantined', 'held', 'released', 'deleted'] as const;
export const dispositionSchema = z.enum(DISPOSITIONS);
export type Disposition = z.infer<typeof dispositionSchema>;
