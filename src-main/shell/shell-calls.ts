import { basename, isAbsolute } from 'node:path';
import type { Clipboard, Dialog, Shell } from 'electron';
import { escapeHidden, nameOf } from '../base/display-name';
import { DropgateError } from '../base/errors';
import { existsSync } from '../base/files';
import { encodePaths } from './arguments';
import type { ShellHandlers } from './bridge';
import type { EngineHost } from './engine-host';
import { browsable } from './links';
import type { PreferenceStore } from './preferences';
import { SavedFiles } from './saved-files';
import type { SecretStore } from './secrets';
import type { UnsavedChanges } from './unsaved-changes';

/** What the shell's answers work with. */
export interface ShellParts {
  readonly host: Pick<EngineHost, 'state' | 'restart' | 'call'>;
  readonly preferences: PreferenceStore;
  readonly secrets: SecretStore;
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  readonly system: Pick<Shell, 'showItemInFolder' | 'openExternal'>;
  readonly clipboard: Pick<Clipboard, 'writeText'>;
  readonly print: (html: string) => Promise<Buffer>;
  readonly unsaved: Pick<UnsavedChanges, 'set'>;
  readonly about: { readonly version: string; readonly electron: string };
  readonly language: () => string;
  /** The data folder while no engine can say it. */
  readonly dataDirGiven: string;
}

export function shellHandlers(parts: ShellParts): ShellHandlers {
  const { host, preferences, secrets, dialog, system, clipboard } = parts;
  const saved = new SavedFiles();
  return {
    async about() {
      return {
        ...parts.about,
        platform: process.platform,
        language: parts.language(),
        dataDir: await dataDirOf(parts),
        firstRun: !preferences.get().firstRunDone,
      };
    },
    'engine-state': async () => host.state(),
    async 'engine-restart'() {
      await host.restart();
      return {};
    },
    async 'choose-paths'({ kind }) {
      const properties =
        kind === 'folder'
          ? (['openDirectory', 'multiSelections'] as const)
          : (['openFile', 'multiSelections'] as const);
      const { filePaths } = await dialog.showOpenDialog({ properties: [...properties] });
      const encoded = encodePaths(filePaths);
      return { paths: filePaths.map((path, at) => ({ path: encoded[at] ?? '', display: escapeHidden(path) })) };
    },
    async 'choose-save'({ name }) {
      const { canceled, filePath } = await dialog.showSaveDialog({
        defaultPath: basename(name.replaceAll('\\', '/')),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      if (canceled || filePath === undefined || filePath === '') return { path: null };
      saved.name(filePath);
      return { path: encodePaths([filePath])[0] ?? null };
    },
    async 'save-text'({ path, text }) {
      await saved.write(Buffer.from(path, 'base64'), async () => text);
      return {};
    },
    async 'save-pdf'({ path, html }) {
      await saved.write(Buffer.from(path, 'base64'), () => parts.print(html));
      return {};
    },
    async reveal({ path }) {
      system.showItemInFolder(existingPath(path));
      return {};
    },
    async 'open-link'({ url }) {
      const address = browsable(url);
      if (address === null) throw new DropgateError('PROTOCOL', `only https addresses are opened, not "${url}"`);
      await system.openExternal(address);
      return {};
    },
    async copy({ text }) {
      clipboard.writeText(text);
      return {};
    },
    preferences: async () => preferences.get(),
    async 'set-preferences'(change) {
      await preferences.change(change);
      return {};
    },
    async 'set-unsaved'({ unsaved }) {
      parts.unsaved.set(unsaved);
      return {};
    },
    'secret-set': ({ name, value }) => secrets.set(name, value),
    'secret-list': async () => ({ names: secrets.names(), problem: secrets.problem() }),
  };
}

/** The engine's own answer, which knows the configuration; what this start was given while there is none. */
async function dataDirOf({ host, dataDirGiven }: ShellParts): Promise<string> {
  if (host.state().kind !== 'running') return dataDirGiven;
  const status = await host.call('status', {}).catch(() => null); // its end is told by its state; this is only a name
  return status?.dataDir ?? dataDirGiven;
}

/** Throws PROTOCOL for a path that cannot be shown, NOT_FOUND for one where nothing is. */
function existingPath(encoded: string): string {
  const bytes = Buffer.from(encoded, 'base64');
  const path = bytes.toString('utf8');
  const { display } = nameOf(bytes);
  if (!isAbsolute(path) || path.includes('\0') || !Buffer.from(path, 'utf8').equals(bytes))
    throw new DropgateError('PROTOCOL', `"${display}" cannot be shown by the file manager: its name is no plain text`);
  if (!existsSync(path)) throw new DropgateError('NOT_FOUND', `"${display}" is not there any more`);
  return path;
}
