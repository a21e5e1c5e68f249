import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { Settings } from '../contract/settings';
import type { DaemonSettings, RemoteProbeSettings } from '../contract/settings-remote';

/** Settings whose paths are all absolute, with the folders that every engine has. */
export type ResolvedSettings = Settings & {
  readonly dataDir: string;
  readonly quarantine: { readonly dir: string };
};

/** Where a relative path of a key starts: the folder of the file, or the working folder for what a variable set. */
export type BaseOf = (keyPath: string) => string;

function home(env: NodeJS.ProcessEnv): string {
  return env.HOME !== undefined && isAbsolute(env.HOME) ? env.HOME : homedir();
}

/** `path` from `base`; a leading `~` is the user's own folder. */
export function absolute(path: string, base: string, env: NodeJS.ProcessEnv): string {
  if (path === '~') return home(env);
  return /^~[\\/]/.test(path) ? join(home(env), path.slice(2)) : resolve(base, path);
}

/**
 * The platform's place for data of one user: `$XDG_DATA_HOME/dropgate` (relative values do not count, as the XDG base
 * directory specification says) or `~/.local/share/dropgate`; `~/Library/Application Support/Dropgate`;
 * `%LOCALAPPDATA%\Dropgate`.
 */
export function platformDataDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Dropgate');
  if (platform === 'darwin') return join(home(env), 'Library', 'Application Support', 'Dropgate');
  const { XDG_DATA_HOME: xdg } = env;
  const share = xdg !== undefined && isAbsolute(xdg) ? xdg : join(home(env), '.local', 'share');
  return join(share, 'dropgate');
}

/** Makes every path of the settings absolute. `binary` stays a bare name when it is one: it is looked up in PATH. */
export function resolvePaths(
  settings: Settings,
  dataDir: string,
  baseOf: BaseOf,
  env: NodeJS.ProcessEnv,
): ResolvedSettings {
  const at = (key: string, path: string) => absolute(path, baseOf(key), env);
  const { clamav, yara, command } = settings.probes;
  const lists = settings.probes['hash-list'];
  const all = (key: string, paths: readonly string[]) => paths.map((path) => at(key, path));
  return {
    ...settings,
    dataDir,
    quarantine: {
      dir:
        settings.quarantine.dir === undefined
          ? join(dataDir, 'quarantine')
          : at('quarantine.dir', settings.quarantine.dir),
    },
    destinations: Object.fromEntries(
      Object.entries(settings.destinations).map(([id, destination]) => [
        id,
        destination.kind === 'folder'
          ? { ...destination, dir: at(`destinations.${id}.dir`, destination.dir) }
          : destination,
      ]),
    ),
    probes: {
      ...settings.probes,
      ...(clamav === undefined ? {} : { clamav: resolveClamav(clamav, at) }),
      yara: { ...yara, rules: all('probes.yara.rules', yara.rules) },
      'hash-list': {
        ...lists,
        deny: all('probes.hash-list.deny', lists.deny),
        allow: all('probes.hash-list.allow', lists.allow),
      },
      remote: settings.probes.remote.map((remote, index) =>
        resolveRemote(remote, (path) => at(`probes.remote.${index}`, path)),
      ),
      ...(command === undefined ? {} : { command: resolveCommand(command, at) }),
    },
    worker: settings.worker.daemon === undefined ? {} : { daemon: resolveDaemon(settings.worker.daemon, at) },
    watch: settings.watch.map((entry, index) => ({ ...entry, dir: at(`watch.${index}.dir`, entry.dir) })),
  };
}

/** The keys of `object` that have a path, made absolute. */
function madeAbsolute<T extends object>(
  object: T,
  keys: readonly (keyof T & string)[],
  at: (key: string, path: string) => string,
): T {
  const paths = keys.flatMap((key) => (typeof object[key] === 'string' ? [[key, at(key, object[key])] as const] : []));
  return { ...object, ...Object.fromEntries(paths) };
}

function resolveRemote(remote: RemoteProbeSettings, at: (path: string) => string): RemoteProbeSettings {
  const { sharedPath, tls } = remote;
  return {
    ...remote,
    ...(sharedPath === undefined ? {} : { sharedPath: { ...sharedPath, dir: at(sharedPath.dir) } }),
    ...(tls === undefined
      ? {}
      : { tls: madeAbsolute(tls, ['caFile', 'certFile', 'keyFile'], (_key, path) => at(path)) }),
  };
}

function resolveDaemon(daemon: DaemonSettings, at: (key: string, path: string) => string): DaemonSettings {
  const own = (key: string, path: string) => at(`worker.daemon.${key}`, path);
  const resolved = madeAbsolute(daemon, ['tokenFile', 'dumpPath', 'logsPath'], own);
  if (daemon.tls === undefined) return resolved;
  const ownTls = (key: string, path: string) => own(`tls.${key}`, path);
  return { ...resolved, tls: madeAbsolute(daemon.tls, ['certFile', 'keyFile', 'clientCaFile'], ownTls) };
}

type Clamav = NonNullable<Settings['probes']['clamav']>;

function resolveClamav(clamav: Clamav, at: (key: string, path: string) => string): Clamav {
  const { socket, binary, configFile } = clamav;
  const isPath = binary !== undefined && (/[\\/]/.test(binary) || binary.startsWith('~'));
  return {
    ...clamav,
    ...(socket === undefined ? {} : { socket: at('probes.clamav.socket', socket) }),
    ...(configFile === undefined ? {} : { configFile: at('probes.clamav.configFile', configFile) }),
    ...(isPath ? { binary: at('probes.clamav.binary', binary) } : {}),
  };
}

type Command = NonNullable<Settings['probes']['command']>;

function resolveCommand(command: Command, at: (key: string, path: string) => string): Command {
  const { apis, root, logs } = command;
  return {
    ...command,
    apis: at('probes.command.apis', apis),
    ...(root === undefined ? {} : { root: at('probes.command.root', root) }),
    ...(logs === undefined ? {} : { logs: at('probes.command.logs', logs) }),
  };
}
