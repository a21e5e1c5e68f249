import { useMemo } from 'react';
import { engine } from '../../bridge';
import { useText } from '../../i18n/text';
import { act } from '../../state/act';
import { type Command, useCommands } from '../../state/commands';
import { pauseAll } from '../../state/connection';
import { beginFirstRun } from '../../state/first-run';
import { go, goUp, VIEWS } from '../../state/navigation';
import { changePreferences } from '../../state/preferences';
import { usePulse } from '../../state/pulse';
import { useToasts } from '../../state/toasts';

/** What can be done everywhere. */
export function useAppCommands(openPalette: () => void, openKeys: () => void): void {
  const say = useText();
  const paused = usePulse((pulse) => pulse?.paused ?? null);
  const undo = useToasts(({ toasts }) => toasts.findLast((toast) => toast.undo !== null)?.undo ?? null);
  const commands = useMemo((): Command[] => {
    const window = { group: say('group.window') } as const;
    const gate = { group: say('group.gate'), enabled: paused !== null } as const;
    return [
      ...VIEWS.map(
        (view, at): Command => ({
          id: `go.${view}`,
          title: say(`view.${view}`),
          group: say('group.go'),
          keys: [at < 9 ? String(at + 1) : 'Ctrl+,'],
          run: () => go(view),
        }),
      ),
      {
        ...gate,
        id: 'gate.pause',
        title: say(paused === true ? 'frame.resume' : 'frame.pause'),
        run: () => act(() => pauseAll(paused !== true)),
      },
      { ...gate, id: 'gate.sweep', title: say('command.sweep'), run: () => act(() => engine('sweep', {})) },
      {
        ...window,
        id: 'undo',
        title: say('parts.undo'),
        keys: ['Ctrl+z'],
        enabled: undo !== null,
        run: () => undo?.(),
      },
      { ...window, id: 'palette', title: say('command.palette'), keys: ['Ctrl+k'], inPalette: false, run: openPalette },
      { ...window, id: 'keys', title: say('command.keys'), keys: ['?'], run: openKeys },
      { ...window, id: 'back', title: say('command.back'), keys: ['Escape'], inPalette: false, run: () => void goUp() },
      { ...window, id: 'theme', title: say('command.theme'), run: () => act(switchTheme) },
      { ...window, id: 'firstRun', title: say('firstRun.command'), run: beginFirstRun },
    ];
  }, [say, paused, undo, openPalette, openKeys]);
  useCommands(commands, 'app');
}

function switchTheme(): Promise<void> {
  return changePreferences({ theme: document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark' });
}
