import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { App } from 'electron';
import { existsSync } from '../base/files';

/** Files and folders of this installation. */
export interface Places {
  readonly cli: string;
  /** The Node 24 that runs the engine; null when this start names none. */
  readonly node: string | null;
  readonly preload: string;
  readonly renderer: string;
  readonly icons: string;
}

const NODE = process.platform === 'win32' ? 'node.exe' : 'node';

/** Of the package, or of the checkout that this build lies in. `here`: the folder of the shell's own file. */
export function findPlaces(app: Pick<App, 'isPackaged'>, here: string, env: NodeJS.ProcessEnv): Places {
  const build = here.endsWith('chunks') ? dirname(here) : here;
  const pages = { preload: join(build, 'preload', 'preload.js'), renderer: join(build, 'renderer') };
  if (app.isPackaged) {
    const { resourcesPath } = process;
    // plain Node cannot read an archive: what the engine is made of lies beside it
    const unpacked = build.replace(`${join(resourcesPath, 'app.asar')}`, join(resourcesPath, 'app.asar.unpacked'));
    const node = join(resourcesPath, 'node', NODE);
    return { ...pages, cli: join(unpacked, 'cli.js'), node, icons: join(resourcesPath, 'icons') };
  }
  const node = env.DROPGATE_NODE === undefined || env.DROPGATE_NODE === '' ? null : resolve(env.DROPGATE_NODE);
  return { ...pages, cli: join(build, 'cli.js'), node, icons: join(checkoutOf(build), 'resources', 'icons') };
}

function checkoutOf(folder: string): string {
  for (let at = folder; dirname(at) !== at; at = dirname(at)) if (existsSync(join(at, 'src-main'))) return at;
  return folder;
}

/** Folder of the window's own documents: one for each data folder, so that windows of two of them may be open. */
export function windowFolder(applicationData: string, dataDir: string | null): string {
  const name = dataDir === null ? 'default' : createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return join(applicationData, 'dropgate-window', name);
}

/** Variables that tell the shell how to start; the engine takes every other DROPGATE_* for a setting. */
const SHELL_VARIABLES = ['DROPGATE_NODE', 'DROPGATE_ELECTRON', 'ELECTRON_RENDERER_URL', 'ELECTRON_RUN_AS_NODE'];

/** The engine's environment. */
export function withoutShellVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !SHELL_VARIABLES.includes(name)));
}
