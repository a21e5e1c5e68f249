import { z } from 'zod';

export const SEVERITIES = ['info', 'suspicious', 'malicious'] as const;
export const severitySchema = z.enum(SEVERITIES);
export type Severity = z.infer<typeof severitySchema>;

/** What a probe reports about an item. `guidance` names tags of resources/guidance. */
export const findingSchema = z.object({
  probe: z.string().min(1),
  name: z.string().min(1),
  severity: severitySchema,
  /** Free word of the probe: `malware`, `policy`, `disguise`, `archive`, `hash`... */
  category: z.string().min(1),
  /** What was seen, in words a person can check; hostile bytes already escaped. */
  evidence: z.string().optional(),
  guidance: z.array(z.string()).default([]),
});
export type Finding = z.infer<typeof findingSchema>;
