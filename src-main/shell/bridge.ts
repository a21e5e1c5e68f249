import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import { DropgateError, toDropgateError } from '../base/errors';
import { CALL_CHANNEL } from '../contract/channels';
import { IPC_CALLS, type IpcCall, isIpcCall } from '../contract/ipc-schema';
import {
  SHELL_CALLS,
  type ShellCall,
  type ShellQuestion,
  type ShellResult,
  type WindowAnswer,
  windowCallSchema,
} from '../contract/shell-schema';

/** Answers of the shell, one for each of its calls. */
export type ShellHandlers = {
  readonly [Call in ShellCall]: (params: ShellQuestion<Call>) => Promise<ShellResult<Call>>;
};

/** What stands behind the window's calls. */
export interface BridgeEnds {
  /** `params` were checked against the call's schema. */
  readonly engine: (call: IpcCall, params: never) => Promise<unknown>;
  readonly shell: ShellHandlers;
  /** Whether a page is the window's own, at its own address. */
  readonly isOwnPage: (event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>) => boolean;
}

/** Calls of the engine that are not for the window: the shell makes them itself. */
const NOT_FOR_PAGES: readonly IpcCall[] = ['watch'];

/** Answers the window's one channel. What goes wrong comes back as an answer, never as a rejection. */
export function openBridge(ipc: Pick<IpcMain, 'handle'>, ends: BridgeEnds): void {
  ipc.handle(CALL_CHANNEL, async (event, payload: unknown): Promise<WindowAnswer> => {
    try {
      if (!ends.isOwnPage(event)) throw new DropgateError('PROTOCOL', 'this page may not ask anything');
      return { ok: true, result: await answer(ends, payload) };
    } catch (thrown) {
      const { code, message, retryable } = toDropgateError(thrown);
      return { ok: false, error: { code, message, retryable } };
    }
  });
}

async function answer(ends: BridgeEnds, payload: unknown): Promise<unknown> {
  const { to, call, params } = understood(windowCallSchema, payload, 'a call');
  if (to === 'engine') {
    if (!isIpcCall(call) || NOT_FOR_PAGES.includes(call)) throw unknownCall('engine', call);
    return ends.engine(call, understood(IPC_CALLS[call].params, params, call) as never);
  }
  if (!isShellCall(call)) throw unknownCall('shell', call);
  const handle = ends.shell[call] as (params: unknown) => Promise<unknown>;
  return handle(understood(SHELL_CALLS[call].params, params, call));
}

const isShellCall = (name: string): name is ShellCall => Object.hasOwn(SHELL_CALLS, name);

const unknownCall = (end: string, call: string) => new DropgateError('PROTOCOL', `the ${end} knows no call "${call}"`);

/** Throws PROTOCOL with what is wrong where. */
function understood<Schema extends z.ZodType>(schema: Schema, value: unknown, name: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  throw new DropgateError('PROTOCOL', `${name} is not understood: ${problems.join('; ')}`);
}
