import type { IpcCall, IpcParams, IpcResult } from '../src-main/contract/ipc-schema';
import type { Pulse } from '../src-main/contract/pulse';
import type { EngineState, ShellCall, ShellParams, ShellResult, WindowAnswer } from '../src-main/contract/shell-schema';
import { currentText } from './i18n/text';

/** What the preload puts on the window; nothing but this file may touch it. */
export interface WindowBridge {
  call(to: 'engine' | 'shell', call: string, params: unknown): Promise<WindowAnswer>;
  /** Answers with the function that ends listening. */
  on(listener: (event: string, data: unknown) => void): () => void;
  /** Base64 of each file's path bytes; '' where the path is not known. */
  pathsOf(files: File[]): string[];
}

declare global {
  interface Window {
    readonly dropgate?: WindowBridge;
  }
}

/** A call that was answered with an error. `message` is a sentence for a person; `code` is for programs. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, retryable: boolean) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }
}

export type WindowEvent =
  | { readonly event: 'pulse'; readonly data: Pulse }
  | { readonly event: 'engine'; readonly data: EngineState }
  | { readonly event: 'navigate'; readonly data: { readonly view: string } }
  | { readonly event: 'paths'; readonly data: { readonly paths: readonly string[] } };

const EVENTS: readonly string[] = ['pulse', 'engine', 'navigate', 'paths'] satisfies WindowEvent['event'][];

function bridge(): WindowBridge {
  if (window.dropgate === undefined)
    throw new CallError('ENGINE_GONE', 'This page is not connected to Dropgate. Open it with the Dropgate app.', false);
  return window.dropgate;
}

/** Answers were checked against the schema by the shell, which alone can send them; here they only get their types. */
async function ask(to: 'engine' | 'shell', call: string, params: unknown): Promise<unknown> {
  const answer = await bridge().call(to, call, params);
  if (answer.ok) return answer.result;
  throw new CallError(answer.error.code, answer.error.message, answer.error.retryable);
}

/** Asks the engine. Throws CallError. */
export async function engine<Call extends IpcCall>(call: Call, params: IpcParams<Call>): Promise<IpcResult<Call>> {
  return (await ask('engine', call, params)) as IpcResult<Call>;
}

/** Asks the shell (dialogs, clipboard, preferences, the engine's process). Throws CallError. */
export async function shell<Call extends ShellCall>(call: Call, params: ShellParams<Call>): Promise<ShellResult<Call>> {
  return (await ask('shell', call, params)) as ShellResult<Call>;
}

/** Hears what engine and shell push; answers with the function that ends listening. */
export function onWindowEvent(listener: (event: WindowEvent) => void): () => void {
  return bridge().on((event, data) => {
    if (EVENTS.includes(event)) listener({ event, data } as WindowEvent);
  });
}

/** Base64 of the paths of dropped or pasted files; '' where a file has no path on this computer. */
export function pathsOf(files: readonly File[]): string[] {
  return bridge().pathsOf([...files]);
}

/** What to show a person about any thrown value, in the window's language. */
export function messageOf(error: unknown): string {
  return currentText().told(error instanceof Error ? error.message : String(error));
}
