import { useEffect, useRef } from 'react';
import { create } from 'zustand';

/**
 * What a person can do, in one shape for keys, palette, list of keys and context menus. Titles are already in the
 * window's language.
 */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** Heading in palette and list of keys. */
  readonly group: string;
  /** `j`, `?`, `Delete`, `Ctrl+k` (Ctrl is Cmd on a Mac). The first is the one that is shown. */
  readonly keys?: readonly string[];
  /** Left out: it can be done now. */
  readonly enabled?: boolean;
  readonly danger?: boolean;
  /** Where acts have buttons: behind the three dots. */
  readonly inMenu?: boolean;
  /** Where acts have buttons: under the one that is called Export. */
  readonly isExport?: boolean;
  /** False: by key only, not in the palette. */
  readonly inPalette?: boolean;
  run(): void;
}

/** What is nearer to the person wins a key: a part (a table) over its view, a view over the app. */
export type CommandLevel = 'part' | 'view' | 'app';
const LEVELS: readonly CommandLevel[] = ['part', 'view', 'app'];

interface Layer {
  readonly level: CommandLevel;
  readonly commands: readonly Command[];
}

const useLayers = create<{ readonly layers: ReadonlyMap<object, Layer> }>()(() => ({ layers: new Map() }));

/** Puts commands there (again); the nearest level first, the newest first within a level. */
export function putCommands(owner: object, level: CommandLevel, commands: readonly Command[]): void {
  useLayers.setState(({ layers }) => ({ layers: new Map(layers).set(owner, { level, commands }) }));
}

export function removeCommands(owner: object): void {
  useLayers.setState(({ layers }) => {
    const rest = new Map(layers);
    rest.delete(owner);
    return { layers: rest };
  });
}

function ordered(layers: ReadonlyMap<object, Layer>): Command[] {
  const all = [...layers.values()].reverse();
  const seen = new Set<string>();
  return LEVELS.flatMap((level) =>
    all.filter((layer) => layer.level === level).flatMap(({ commands }) => commands),
  ).filter(({ id }) => !seen.has(id) && seen.add(id));
}

/** Every command there is now, nearest first, each id once. */
export function currentCommands(): Command[] {
  return ordered(useLayers.getState().layers);
}

export function useCommandList(): Command[] {
  return ordered(useLayers((state) => state.layers));
}

/** Offers commands as long as the component is there. */
export function useCommands(commands: readonly Command[], level: CommandLevel = 'view'): void {
  const owner = useRef({}).current;
  useEffect(() => putCommands(owner, level, commands), [owner, level, commands]);
  useEffect(() => () => removeCommands(owner), [owner]);
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** `Ctrl+k`, `Shift+ArrowDown`, `?`: as commands name them. Shift counts only where it does not change the character. */
export function keyNameOf(press: Press): string {
  const key = press.key === ' ' ? 'Space' : press.key;
  const modifiers = [
    press.ctrlKey || press.metaKey ? 'Ctrl' : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey && (key.length > 1 || press.ctrlKey || press.metaKey) ? 'Shift' : '',
  ].filter((name) => name !== '');
  return [...modifiers, key.length === 1 && modifiers.length > 0 ? key.toLowerCase() : key].join('+');
}

/** The command that a key means now, if it can be done. */
export function commandOf(press: Press): Command | null {
  const name = keyNameOf(press);
  return (
    currentCommands().find((command) => command.enabled !== false && command.keys?.includes(name) === true) ?? null
  );
}
