import { z } from 'zod';
import { gateStateSchema } from './gate-state';
import { probeHealthSchema } from './probe-report';
import { pulseSchema } from './pulse';
import { reportSchema } from './report';
import { resultItemSchema, summarySchema } from './result';
import { WINDOW_CALLS } from './window-calls';

/**
 * Every call that an engine answers, with the shape of its question and its answer: one table from which the socket,
 * the command line and the window derive their types. Paths cross as base64 of their true bytes.
 */
const guid = z.guid();
const bytes = z.base64();
const itemId = z.string().regex(/^\d+$/);
const page = { after: z.number().int().nonnegative(), limit: z.number().int().min(1).max(1000) };
const reason = z.string().trim().min(1, 'a reason is needed').max(2000);

export const progressSchema = z.object({
  submission: guid,
  items: z.number(),
  settled: z.number(),
  /** Items that wait for something outside (a destination, a full disk). */
  waiting: z.number(),
  problem: z.string().nullable(),
  summary: summarySchema,
  ended: z.boolean(),
});
export type Progress = z.infer<typeof progressSchema>;

export const probeStatusSchema = z.object({
  id: z.string(),
  title: z.string(),
  category: z.string(),
  kind: z.string(),
  privacy: z.string(),
  required: z.boolean(),
  health: probeHealthSchema,
  canary: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('found'), ms: z.number() }),
      z.object({ kind: z.literal('none'), ms: z.number() }),
      z.object({ kind: z.literal('failed'), problem: z.string(), ms: z.number() }),
    ])
    .nullable(),
});
export type ProbeStatus = z.infer<typeof probeStatusSchema>;

export const auditSchema = z.object({
  ok: z.boolean(),
  rows: z.number(),
  segments: z.number(),
  reports: z.number(),
  head: z.object({ seq: z.number(), head: z.string() }),
  /** The last row that was pruned because of its age, 0 for none; the head of its segment stays. */
  pruned: z.number(),
  /** Reports that name rows which were lost with a damaged ledger. */
  lost: z.number(),
  problems: z.array(z.string()),
});
export type Audit = z.infer<typeof auditSchema>;

const keptItem = resultItemSchema.extend({ submission: guid, at: z.iso.datetime().nullable() });
export type KeptItem = z.infer<typeof keptItem>;

export const watchStatusSchema = z.object({
  dir: z.string(),
  profile: z.string(),
  state: z.enum(['watching', 'paused', 'missing', 'unreadable']),
  problem: z.string().nullable(),
});

export const IPC_CALLS = {
  ...WINDOW_CALLS,
  /** Whether anybody is there: answered at once, unless the engine is just taking over a new configuration. */
  hello: {
    params: z.object({}),
    /** `lasting`: a gateway, which runs until it is told to end; else a command's own engine. */
    result: z.object({ program: z.string(), pid: z.number(), lasting: z.boolean().optional() }),
  },
  status: {
    params: z.object({}),
    result: z.object({
      program: z.string(),
      pid: z.number(),
      dataDir: z.string(),
      unsettled: z.number(),
      active: z.number(),
      paused: z.boolean(),
      /** Why nothing new is taken; null while everything is. */
      intake: z.string().nullable(),
      /** What people should know of the ledger; see pulse. */
      notice: z.string().nullable(),
      gate: gateStateSchema,
      watch: z.array(watchStatusSchema),
    }),
  },
  gate: {
    params: z.object({
      paths: z.array(bytes).min(1),
      profile: z.string().nullable(),
      probes: z.array(z.string()).nullable(),
      force: z.boolean(),
      /** Who hands them over: a person in the window, or a command. It begins the origin of the submission. */
      from: z.enum(['command', 'window']).default('command'),
      /** The configuration that the caller itself runs with; it is never gated. */
      configuration: bytes.nullable().default(null),
    }),
    result: z.object({ submission: guid }),
  },
  progress: { params: z.object({ submission: guid }), result: progressSchema },
  results: {
    /** `notable`: only files of the submission itself that are not simply clean. */
    params: z.object({ submission: guid, ...page, notable: z.boolean() }),
    result: z.object({ items: z.array(resultItemSchema), next: z.number() }),
  },
  waiting: {
    params: z.object({ submission: guid, ...page }),
    result: z.object({ items: z.array(resultItemSchema), next: z.number() }),
  },
  cancel: { params: z.object({ submission: guid }), result: z.object({ cancelled: z.number() }) },
  pause: { params: z.object({ dir: z.string().nullable(), paused: z.boolean() }), result: z.object({}) },
  probes: {
    /** `canary`: each is given its test file; `only`: the one that is. */
    params: z.object({ profile: z.string().nullable(), canary: z.boolean(), only: z.string().optional() }),
    result: z.object({ probes: z.array(probeStatusSchema), gate: gateStateSchema }),
  },
  destinations: {
    params: z.object({}),
    result: z.object({
      destinations: z.array(
        z.object({
          id: z.string(),
          kind: z.string(),
          state: z.enum(['ready', 'not_ready']),
          problem: z.string().nullable(),
          notes: z.array(z.string()),
          /** Files that wait for it, when the oldest of them was received, and when one of them tries again. */
          waiting: z.number(),
          oldest: z.iso.datetime().nullable(),
          nextTry: z.iso.datetime().nullable(),
        }),
      ),
    }),
  },
  'kept-list': {
    params: z.object({ state: z.enum(['held', 'quarantined']), ...page }),
    result: z.object({ items: z.array(keptItem), next: z.number() }),
  },
  'kept-show': {
    params: z.object({ id: itemId }),
    result: z.object({
      item: keptItem,
      report: reportSchema.nullable(),
      custody: z.array(z.object({ seq: z.number(), at: z.iso.datetime(), event: z.string(), data: z.string() })),
    }),
  },
  /** `to`: a new file, or a folder, which gets one of the item's own name. */
  'kept-restore': {
    params: z.object({ id: itemId, to: bytes, reason }),
    result: z.object({ path: z.string(), sha256: z.string() }),
  },
  'kept-delete': { params: z.object({ id: itemId, reason }), result: z.object({}) },
  /** `to`: as kept-restore has it. */
  'kept-export': { params: z.object({ id: itemId, to: bytes }), result: z.object({ path: z.string() }) },
  'kept-verify': {
    params: z.object({ id: itemId }),
    result: z.object({ ok: z.boolean(), problem: z.string().nullable(), sha256: z.string() }),
  },
  'kept-rescan': { params: z.object({ id: itemId }), result: z.object({ submission: guid }) },
  'kept-except': {
    params: z.object({
      id: itemId,
      probes: z.array(z.string()).min(1),
      reason,
      expiresAt: z.iso.datetime().nullable(),
    }),
    result: z.object({ exception: z.number() }),
  },
  'audit-verify': { params: z.object({}), result: auditSchema },
} as const;

export type IpcCall = keyof typeof IPC_CALLS;
export type IpcParams<Call extends IpcCall> = z.input<(typeof IPC_CALLS)[Call]['params']>;
export type IpcQuestion<Call extends IpcCall> = z.output<(typeof IPC_CALLS)[Call]['params']>;
export type IpcResult<Call extends IpcCall> = z.output<(typeof IPC_CALLS)[Call]['result']>;

export function isIpcCall(name: string): name is IpcCall {
  return Object.hasOwn(IPC_CALLS, name);
}

export const requestSchema = z.object({ id: z.number().int(), call: z.string(), params: z.unknown() });
export const responseSchema = z.union([
  z.object({ id: z.number().int(), result: z.unknown() }),
  z.object({
    id: z.number().int(),
    error: z.object({ code: z.string(), message: z.string(), retryable: z.boolean() }),
  }),
]);

/** What an engine sends unasked, to a connection that called `watch`. */
export const IPC_EVENTS = { pulse: pulseSchema } as const;
export const eventSchema = z.object({ event: z.enum(['pulse']), data: z.unknown() });
