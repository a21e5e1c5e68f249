import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, errors, type Page } from 'playwright';
import { electronArguments } from '../../scripts/electron.mjs';
import type { IpcCall, IpcParams, IpcResult } from '../../src-main/contract/ipc-schema';
import type { ShellCall, ShellParams, ShellResult, WindowAnswer } from '../../src-main/contract/shell-schema';
import { until } from './until';

/** The window's side of the preload, as tests call it. */
interface PageBridge {
  readonly dropgate: { call(to: string, call: string, params: unknown): Promise<WindowAnswer> };
}

/** A started window, driven from outside. */
export interface TestWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly folder: string;
  /** What shell and engine wrote to standard error. */
  log(): string;
  answer(to: 'engine' | 'shell', call: string, params: unknown): Promise<WindowAnswer>;
  engine<Call extends IpcCall>(call: Call, params: IpcParams<Call>): Promise<IpcResult<Call>>;
  shell<Call extends ShellCall>(call: Call, params: ShellParams<Call>): Promise<ShellResult<Call>>;
  /** Waits until an engine answers; its process id. */
  running(): Promise<number>;
  close(): Promise<void>;
}

/** Runs in the page. */
function isLoaded(): boolean {
  const { document } = globalThis as unknown as { document: { readyState: string } };
  return document.readyState === 'complete' && 'dropgate' in globalThis;
}

function needed(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing: test/support/electron-once.ts did not run`);
  return value;
}

/** How the window is started: its program, and the arguments before our own. */
export function windowCommand(): { readonly executablePath: string; readonly args: string[] } {
  const packaged = process.env.DROPGATE_PACKAGED;
  // a busy machine starves the process that draws, and its watchdog ends it: no frame, and no click, would come any more
  const extra = [...electronArguments(), '--in-process-gpu', '--disable-gpu-watchdog'];
  if (packaged !== undefined) return { executablePath: packaged, args: extra };
  return { executablePath: needed('DROPGATE_TEST_ELECTRON'), args: [...extra, needed('DROPGATE_TEST_BUILD')] };
}

/** The environment of a window that knows nothing of this user: its places are below `folder`. */
export function windowEnvironment(folder: string, env: NodeJS.ProcessEnv = {}): Record<string, string> {
  const own = { XDG_CONFIG_HOME: join(folder, 'config'), XDG_DATA_HOME: join(folder, 'share') };
  const left = ['DROPGATE_ENTRIES', 'DROPGATE_TEST_BUILD', 'DROPGATE_TEST_ELECTRON', 'DROPGATE_PACKAGED'];
  const given = Object.entries({ ...process.env, DROPGATE_NODE: process.execPath, ...own, ...env });
  return Object.fromEntries(
    given.flatMap(([name, value]) => (value === undefined || left.includes(name) ? [] : [[name, value]])),
  );
}

/** A program that hangs before it shows anything, as one in a hundred does on a busy machine, is ended and started once more. */
async function launch(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  try {
    return await _electron.launch({ ...options, timeout: 40_000 });
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    return _electron.launch({ ...options, timeout: 90_000 });
  }
}

/** What is not saved goes with the window: its question, which nobody would answer here, is answered so. */
async function close(app: ElectronApplication): Promise<void> {
  await app
    .evaluate((electron) => {
      const { dialog } = electron as unknown as { dialog: { showMessageBox: () => Promise<{ response: number }> } };
      dialog.showMessageBox = () => Promise.resolve({ response: 1 });
    })
    .catch(() => undefined); // it has just ended
  await app.close();
}

/** Starts a window whose every file is below `folder`; `args`: more of its own, as files to gate. */
export async function startWindow(
  folder: string,
  options: { readonly args?: readonly string[]; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<TestWindow> {
  mkdirSync(folder, { recursive: true });
  const { executablePath, args } = windowCommand();
  const dataDir = join(folder, 'data');
  const app = await launch({
    executablePath,
    args: [...args, '--data-dir', dataDir, ...(options.args ?? [])],
    env: windowEnvironment(folder, options.env),
    cwd: folder,
  });
  let ended = false;
  app.once('close', () => {
    ended = true;
  });
  let log = '';
  app.process().stderr?.on('data', (text: Buffer) => {
    log += text.toString();
  });
  const page = await app.firstWindow({ timeout: 90_000 });
  // not waitForLoadState: what loaded before the driver looked is waited for in vain; nor waitForFunction, which looks a
  // second time with an eval that the page's policy refuses
  await until('a loaded page', () => page.evaluate(isLoaded).catch(() => false), { seconds: 60 }); // it may just navigate
  const answer = (to: string, call: string, params: unknown) =>
    page.evaluate(([end, name, question]) => (globalThis as unknown as PageBridge).dropgate.call(end, name, question), [
      to,
      call,
      params,
    ] as const);
  const result = async (to: string, call: string, params: unknown): Promise<unknown> => {
    const given = await answer(to, call, params);
    if (given.ok) return given.result;
    throw new Error(`${call}: ${given.error.code}: ${given.error.message}`);
  };
  const shell = async <Call extends ShellCall>(call: Call, params: ShellParams<Call>) =>
    (await result('shell', call, params)) as ShellResult<Call>;
  return {
    app,
    page,
    folder,
    log: () => log,
    answer,
    shell,
    engine: async (call, params) => (await result('engine', call, params)) as never,
    async running() {
      let pid = 0;
      await until('a running engine', async () => {
        const state = await shell('engine-state', {});
        if (state.kind === 'failed') throw new Error(`the engine failed: ${state.problem}\n${log}`);
        if (state.kind === 'running') pid = state.pid;
        return state.kind === 'running';
      });
      return pid;
    },
    close: async () => {
      if (!ended) await close(app);
    },
  };
}
