import { useMemo } from 'react';
import { useText } from '../../i18n/text';
import { type Command, useCommands } from '../../state/commands';
import { chooseNone, type SelectionStore } from '../../state/selection';
import type { TableControl } from './table-control';

const PAGE_STEP = 20;

/** The keys of a table, and what can be done with any selection of rows (copies). */
export function useTableCommands<Row>(
  control: TableControl<Row>,
  selection: SelectionStore,
  options: { readonly selectable: boolean; readonly some: boolean; readonly byKey: boolean },
): readonly Command[] {
  const say = useText();
  const { selectable, some, byKey } = options;
  const copies = useMemo((): Command[] => {
    const copy = { group: say('group.table'), enabled: some } as const;
    return [
      {
        ...copy,
        id: 'table.copyTsv',
        title: say('table.copyTsv'),
        keys: ['Ctrl+c'],
        run: () => void control.copy('tsv'),
      },
      { ...copy, id: 'table.copyJson', title: say('table.copyJson'), run: () => void control.copy('json') },
    ];
  }, [say, some, control]);
  const all = useMemo((): Command[] => {
    if (!byKey) return [];
    const hidden = { group: say('group.table'), inPalette: false } as const;
    const moves: Command[] = [
      { ...hidden, id: 'table.next', title: say('table.next'), keys: ['j', 'ArrowDown'], run: () => control.step(1) },
      {
        ...hidden,
        id: 'table.previous',
        title: say('table.previous'),
        keys: ['k', 'ArrowUp'],
        run: () => control.step(-1),
      },
      { ...hidden, id: 'table.first', title: say('table.first'), keys: ['Home'], run: () => control.goTo(0) },
      { ...hidden, id: 'table.last', title: say('table.last'), keys: ['End'], run: () => control.goToLast() },
      {
        ...hidden,
        id: 'table.nextPage',
        title: say('table.nextPage'),
        keys: ['PageDown'],
        run: () => control.step(PAGE_STEP),
      },
      {
        ...hidden,
        id: 'table.previousPage',
        title: say('table.previousPage'),
        keys: ['PageUp'],
        run: () => control.step(-PAGE_STEP),
      },
      { ...hidden, id: 'table.open', title: say('table.open'), keys: ['Enter'], run: () => control.open() },
    ];
    if (!selectable) return moves;
    return [
      ...moves,
      { ...hidden, id: 'table.preview', title: say('table.preview'), keys: ['Space'], run: () => control.preview() },
      {
        ...hidden,
        id: 'table.extendDown',
        title: say('table.extendDown'),
        keys: ['Shift+ArrowDown'],
        run: () => control.step(1, true),
      },
      {
        ...hidden,
        id: 'table.extendUp',
        title: say('table.extendUp'),
        keys: ['Shift+ArrowUp'],
        run: () => control.step(-1, true),
      },
      {
        ...hidden,
        inPalette: true,
        id: 'table.selectAll',
        title: say('table.selectAll'),
        keys: ['Ctrl+a'],
        run: () => void control.chooseAll(),
      },
      {
        ...hidden,
        inPalette: true,
        id: 'table.selectNone',
        title: say('table.selectNone'),
        enabled: some,
        keys: ['Escape'],
        run: () => chooseNone(selection),
      },
      ...copies,
    ];
  }, [say, byKey, selectable, some, control, selection, copies]);
  useCommands(all, 'part');
  return copies;
}
