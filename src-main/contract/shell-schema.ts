import { z } from 'zod';

export { CALL_CHANNEL, EVENT_CHANNEL } from './channels';

/** What the window asks of the shell (the Electron main process), beside the engine's calls. Paths are base64 of their bytes. */
const path = z.base64();

export const engineStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('starting') }),
  /** `joined`: it was running already, and goes on when the window is closed. */
  z.object({ kind: z.literal('running'), pid: z.number(), joined: z.boolean() }),
  z.object({ kind: z.literal('restarting'), problem: z.string(), attempt: z.number() }),
  /** The cap was reached, or it says that it cannot start: only a person can help. */
  z.object({ kind: z.literal('failed'), problem: z.string() }),
]);
export type EngineState = z.infer<typeof engineStateSchema>;

export const SHELL_CALLS = {
  about: {
    params: z.object({}),
    result: z.object({
      version: z.string(),
      platform: z.string(),
      electron: z.string(),
      language: z.string(),
      dataDir: z.string(),
      firstRun: z.boolean(),
    }),
  },
  'engine-state': { params: z.object({}), result: engineStateSchema },
  'engine-restart': { params: z.object({}), result: z.object({}) },
  /** An empty list when the person changed their mind. */
  'choose-paths': {
    params: z.object({ kind: z.enum(['files', 'folder']) }),
    result: z.object({ paths: z.array(z.object({ path, display: z.string() })) }),
  },
  /** Null when the person changed their mind. */
  'choose-save': {
    params: z.object({ name: z.string().min(1).max(255) }),
    result: z.object({ path: path.nullable() }),
  },
  /** Writes a new file; never overwrites what the person did not name in the dialog. */
  'save-text': { params: z.object({ path, text: z.string() }), result: z.object({}) },
  /** Prints an HTML document (of export-reports) to a PDF file. */
  'save-pdf': { params: z.object({ path, html: z.string() }), result: z.object({}) },
  /** Shows a report or a cleared file in the system's file manager; never opens it. */
  reveal: { params: z.object({ path }), result: z.object({}) },
  /** Only https addresses, in the system's browser. */
  'open-link': { params: z.object({ url: z.url({ protocol: /^https$/ }) }), result: z.object({}) },
  copy: { params: z.object({ text: z.string() }), result: z.object({}) },
  preferences: {
    params: z.object({}),
    result: z.object({
      theme: z.enum(['light', 'dark', 'system']),
      language: z.enum(['en', 'fr', 'system']),
      notifications: z.boolean(),
      drainOnQuit: z.boolean(),
      firstRunDone: z.boolean(),
      /** Saved views of Results: name -> query. */
      savedViews: z.record(z.string(), z.json()),
    }),
  },
  'set-preferences': {
    params: z.object({
      theme: z.enum(['light', 'dark', 'system']).optional(),
      language: z.enum(['en', 'fr', 'system']).optional(),
      notifications: z.boolean().optional(),
      drainOnQuit: z.boolean().optional(),
      firstRunDone: z.boolean().optional(),
      savedViews: z.record(z.string(), z.json()).optional(),
    }),
    result: z.object({}),
  },
  /** Whether the page holds changes that are nowhere else: then the person is asked before it is closed. */
  'set-unsaved': { params: z.object({ unsaved: z.boolean() }), result: z.object({}) },
  /** Keeps a secret with the system's key store; refused where that is a hard-coded password. */
  'secret-set': {
    params: z.object({
      name: z.enum(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']),
      value: z.string(),
    }),
    result: z.object({ kept: z.boolean(), problem: z.string().nullable() }),
  },
  'secret-list': {
    params: z.object({}),
    result: z.object({ names: z.array(z.string()), problem: z.string().nullable() }),
  },
} as const;

export type ShellCall = keyof typeof SHELL_CALLS;
export type ShellParams<Call extends ShellCall> = z.input<(typeof SHELL_CALLS)[Call]['params']>;
export type ShellQuestion<Call extends ShellCall> = z.output<(typeof SHELL_CALLS)[Call]['params']>;
export type ShellResult<Call extends ShellCall> = z.output<(typeof SHELL_CALLS)[Call]['result']>;

/** What the shell pushes to the window beside the engine's pulse. */
export const SHELL_EVENTS = {
  engine: engineStateSchema,
  /** Show a view: from the tray, a notification, the menu. */
  navigate: z.object({ view: z.string() }),
  /** Files given from outside (second instance, open-file, dock): the window gates them as if dropped. */
  paths: z.object({ paths: z.array(path) }),
} as const;

/** One envelope for every call over the window's channel; answered with a result or an error, never a rejection. */
export const windowCallSchema = z.object({ to: z.enum(['engine', 'shell']), call: z.string(), params: z.unknown() });
export type WindowAnswer =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error: { readonly code: string; readonly message: string; readonly retryable: boolean };
    };

/** An event over EVENT_CHANNEL. */
export const windowEventSchema = z.object({
  event: z.enum(['pulse', 'engine', 'navigate', 'paths']),
  data: z.unknown(),
});
