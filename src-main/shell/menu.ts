import type { MenuItemConstructorOptions } from 'electron';
import type { Words } from './words';

export interface MenuActions {
  readonly choose: (kind: 'files' | 'folder') => void;
  readonly navigate: (view: string) => void;
  readonly quit: () => void;
}

/** The application's menu; tools for developers only where the program is not packaged. */
export function menuTemplate(words: Words, actions: MenuActions, packaged: boolean): MenuItemConstructorOptions[] {
  const tools: MenuItemConstructorOptions[] = packaged ? [] : [{ role: 'reload' }, { role: 'toggleDevTools' }];
  return [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    {
      label: words.file,
      submenu: [
        { label: words.chooseFiles, accelerator: 'CmdOrCtrl+O', click: () => actions.choose('files') },
        { label: words.chooseFolder, accelerator: 'CmdOrCtrl+Shift+O', click: () => actions.choose('folder') },
        { type: 'separator' },
        { label: words.settings, accelerator: 'CmdOrCtrl+,', click: () => actions.navigate('settings') },
        { type: 'separator' },
        { label: words.quit, accelerator: 'CmdOrCtrl+Q', click: actions.quit },
      ],
    },
    { label: words.edit, role: 'editMenu' },
    {
      label: words.view,
      submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }, ...tools],
    },
    { label: words.window, role: 'windowMenu' },
  ];
}
