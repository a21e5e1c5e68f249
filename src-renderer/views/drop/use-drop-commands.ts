import { useMemo } from 'react';
import { shell } from '../../bridge';
import { useText } from '../../i18n/text';
import { act } from '../../state/act';
import { type Command, useCommands } from '../../state/commands';
import { gatePaths } from './gating';

/** Asks for files or for a folder, and gates what was chosen. */
export function choose(kind: 'files' | 'folder'): void {
  act(async () => {
    const { paths } = await shell('choose-paths', { kind });
    if (paths.length > 0) await gatePaths(paths.map(({ path }) => path));
  });
}

export function useDropCommands(): void {
  const say = useText();
  const commands = useMemo((): Command[] => {
    const group = say('view.drop');
    return [
      { id: 'drop.files', title: say('drop.chooseFiles'), group, keys: ['Ctrl+o'], run: () => choose('files') },
      {
        id: 'drop.folder',
        title: say('drop.chooseFolder'),
        group,
        keys: ['Ctrl+Shift+o'],
        run: () => choose('folder'),
      },
    ];
  }, [say]);
  useCommands(commands);
}
