import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TableColumn } from '../../../../src-renderer/parts/table/columns';
import { rowsAsJson, rowsAsTsv } from '../../../../src-renderer/parts/table/copy-rows';
import { TableControl } from '../../../../src-renderer/parts/table/table-control';
import { createSelection } from '../../../../src-renderer/state/selection';
import { knownRows } from '../../../../src-renderer/state/windowed-rows';
import { FakeBridge } from '../../../support/fake-bridge';

interface Row {
  readonly id: string;
  readonly name: string;
}
const columns: TableColumn<Row>[] = [
  { id: 'name', title: 'Name', width: 100, cell: ({ name }) => name, text: ({ name }) => name },
];
const list = ['a', 'b', 'c', 'd', 'e'].map((id): Row => ({ id, name: `${id}.txt` }));

function table() {
  const selection = createSelection();
  const opened: string[] = [];
  const control = new TableControl<Row>(() => ({
    rows: knownRows(list),
    columns,
    selection,
    rowId: ({ id }) => id,
    onOpen: ({ id }) => opened.push(id),
    show: () => undefined,
  }));
  const chosen = () => [...selection.getState().ids].join('');
  return { control, selection, opened, chosen };
}

describe('a table by keyboard', () => {
  it('moves, stops at its ends, and opens', () => {
    const { control, opened, chosen } = table();
    control.step(1);
    control.step(1);
    expect(chosen()).toBe('b');
    control.step(-9);
    expect(chosen()).toBe('a');
    control.goToLast();
    control.open();
    expect([chosen(), opened]).toEqual(['e', ['e']]);
  });

  it('extends the selection from where it began, and back again', async () => {
    const { control, chosen } = table();
    control.goTo(1);
    control.step(1, true);
    await vi.waitFor(() => expect(chosen()).toBe('bc'));
    control.step(1, true);
    await vi.waitFor(() => expect(chosen()).toBe('bcd'));
    control.step(-1, true);
    await vi.waitFor(() => expect(chosen()).toBe('bc'));
  });
});

describe('copies', () => {
  let bridge: FakeBridge;
  beforeEach(() => {
    bridge = new FakeBridge({ items: 0 });
    vi.stubGlobal('window', { dropgate: bridge });
  });

  it('hold the selected rows and their titles', async () => {
    const { control } = table();
    control.goTo(1);
    await control.copy('tsv');
    expect(bridge.asked).toEqual([{ to: 'shell', call: 'copy', params: { text: 'Name\nb.txt' } }]);
  });

  it('cannot break the table nor start a formula', () => {
    const hostile = [
      { id: '1', name: '=cmd|calc!A1' },
      { id: '2', name: 'two\tcells\nand a row' },
    ];
    expect(rowsAsTsv(columns, hostile)).toBe("Name\n'=cmd|calc!A1\ntwo cells and a row");
    expect(JSON.parse(rowsAsJson(hostile))).toEqual(hostile);
  });
});
