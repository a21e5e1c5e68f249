import { z } from 'zod';

/** Open only while every required probe is ready and its last canary passed. */
export const gateStateSchema = z.discriminatedUnion('open', [
  z.object({ open: z.literal(true) }),
  z.object({ open: z.literal(false), reason: z.string(), probe: z.string() }),
]);
export type GateState = z.infer<typeof gateStateSchema>;
