import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../scripts/runtime.mjs';
import { until } from './until';
import { findProgram } from './window-components';

const CONFIGURATION = join(root, 'test', 'support', 'session-bus.conf');

/** What the desktop was asked, or told, by the window; the shapes are those of session-services.py. */
export interface DesktopNews {
  readonly event: string;
  readonly [fact: string]: unknown;
}

export interface MenuEntry {
  readonly id: number;
  readonly label: string;
  readonly enabled: boolean;
}

/** A desktop of the tests' own: two private buses, and its services on them. */
export interface SessionDesktop {
  /** What a program of this desktop finds in its environment. */
  readonly env: NodeJS.ProcessEnv;
  /** All that came so far. */
  news(event: string): readonly DesktopNews[];
  /** The tray icon's menu, without its lines. */
  menu(): Promise<readonly MenuEntry[]>;
  /** Presses the entry with this label; fails when there is none. */
  press(label: string): Promise<void>;
  /** A click on the tray's icon. */
  clickTray(): Promise<void>;
  clickNotice(id: unknown): Promise<void>;
  /** What logind says before the computer sleeps, and after it woke. */
  prepareForSleep(sleeps: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** The programs of one desktop. */
class Programs {
  private readonly children: ChildProcess[] = [];

  /** Starts a program of the system; what it complains about is shown with `words`. */
  start(program: string, args: readonly string[], env: NodeJS.ProcessEnv, words: 'inherit' | 'ignore' = 'inherit') {
    const child = spawn(findProgram(program) ?? program, args, { env, stdio: ['pipe', 'pipe', words] });
    this.children.push(child);
    return child;
  }

  /** Ends them all, the latest first. */
  async end(): Promise<void> {
    for (const child of this.children.splice(0).reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    }
  }
}

/** Starts a bus at a socket of the folder, and waits until it listens. */
async function startBus(programs: Programs, folder: string, name: string): Promise<string> {
  const address = `unix:path=${join(folder, name)}`;
  const args = [`--config-file=${CONFIGURATION}`, '--nofork', '--print-address', `--address=${address}`];
  const bus = programs.start('dbus-daemon', args, process.env, 'ignore'); // it complains of limits that it may not raise
  await once(bus.stdout, 'data');
  return address;
}

/** session-services.py: what it says, and how it is asked. */
async function startServices(programs: Programs, env: NodeJS.ProcessEnv) {
  const script = join(root, 'test', 'support', 'session-services.py');
  const services = programs.start('python3', [script], env);
  const all: DesktopNews[] = [];
  createInterface({ input: services.stdout }).on('line', (line) => all.push(JSON.parse(line) as DesktopNews));
  const news = (event: string) => all.filter((entry) => entry.event === event);
  await until('the services of the desktop', () => news('ready').length > 0);
  const ask = async (...command: readonly unknown[]): Promise<unknown> => {
    const before = news('answer').length;
    services.stdin.write(`${JSON.stringify(command)}\n`);
    await until(`an answer to ${command[0]}`, () => news('answer').length > before);
    const answer = news('answer')[before];
    if (answer?.problem !== undefined) throw new Error(`${command[0]}: ${answer.problem}`);
    return answer?.result;
  };
  return { news, ask };
}

/** Starts a desktop whose every file is below `folder`; with `keyStore`, one that keeps secrets too (a real GNOME keyring, open). */
export async function startDesktop(folder: string, options: { keyStore: boolean }): Promise<SessionDesktop> {
  const own = join(folder, 'session');
  mkdirSync(own, { mode: 0o700, recursive: true });
  const programs = new Programs();
  try {
    const env = {
      DBUS_SESSION_BUS_ADDRESS: await startBus(programs, own, 'session-bus'),
      DBUS_SYSTEM_BUS_ADDRESS: await startBus(programs, own, 'system-bus'),
      XDG_RUNTIME_DIR: own,
      XDG_CURRENT_DESKTOP: 'Unity',
      XDG_DATA_HOME: join(folder, 'share'),
    };
    const { news, ask } = await startServices(programs, { ...process.env, ...env });
    if (options.keyStore) {
      const args = ['--foreground', '--unlock', '--components=secrets'];
      const keyring = programs.start('gnome-keyring-daemon', args, { ...process.env, ...env });
      keyring.stdin.end('the password of a person who logged in');
      await until('the key store', async () => (await ask('has-service', 'org.freedesktop.secrets')) === true);
    }
    return { env, news, ...hands(ask), stop: () => programs.end() };
  } catch (error) {
    await programs.end();
    throw error;
  }
}

/** What a person, or the computer, does there. */
function hands(ask: (...command: readonly unknown[]) => Promise<unknown>) {
  const menu = async () => (await ask('menu')) as readonly MenuEntry[];
  return {
    menu,
    async press(label: string) {
      const entry = (await menu()).find((one) => one.label === label);
      if (entry === undefined) throw new Error(`the tray's menu has no "${label}"`);
      await ask('press', entry.id);
    },
    clickTray: async () => void (await ask('activate')),
    clickNotice: async (id: unknown) => void (await ask('click', id)),
    prepareForSleep: async (sleeps: boolean) => void (await ask('prepare-for-sleep', sleeps)),
  };
}
