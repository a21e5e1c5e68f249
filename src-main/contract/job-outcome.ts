import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from './error-codes';
import { probeReportSchema } from './probe-report';

const codes = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];

/** How a job ended, as the ledger keeps it. */
export const jobOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('report'), report: probeReportSchema }),
  z.object({ kind: z.literal('error'), code: z.enum(codes), message: z.string() }),
  z.object({
    kind: z.literal('skipped'),
    reason: z.enum(['probe_missing', 'type_not_accepted', 'type_unsupported', 'cancelled']),
    detail: z.string(),
  }),
]);
export type JobOutcome = z.infer<typeof jobOutcomeSchema>;
