import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ItemPage } from '../../src-main/contract/item-view';
import { engine, messageOf } from '../bridge';
import { type Language, useLanguage } from './language';
import { currentPulse, onPulse } from './pulse';

/** One item's page as far as it is known. A problem is told while an older page stays. */
export interface ItemPageState {
  readonly page: ItemPage | null;
  readonly problem: string | null;
  retry(): void;
}

/** Least time between two readings of the same page. */
const CALM_MS = 500;

/** Reads one page, and again when told that items changed; a late answer never replaces a newer one. */
class ItemPageReader {
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private asked = 0;
  private readonly id: string;
  private readonly language: Language;
  private state: ItemPageState;

  constructor(id: string, language: Language) {
    this.id = id;
    this.language = language;
    this.state = { page: null, problem: null, retry: () => void this.read() };
  }

  readonly current = (): ItemPageState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.asked === 0) void this.read();
    return () => {
      this.listeners.delete(listener);
      if (this.timer !== null) clearTimeout(this.timer);
      this.timer = null;
    };
  };

  changed(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.read();
    }, CALM_MS);
  }

  private async read(): Promise<void> {
    const turn = ++this.asked;
    try {
      const page = await engine('item-page', { id: this.id, language: this.language });
      if (turn === this.asked) this.tell({ page, problem: null });
    } catch (error) {
      if (turn === this.asked) this.tell({ problem: messageOf(error) });
    }
  }

  private tell(change: Partial<ItemPageState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

/** Everything about one item, kept up to date: what has ended changes only when somebody acts on it. */
export function useItemPage(id: string): ItemPageState {
  const language = useLanguage((state) => state.language);
  const reader = useMemo(() => new ItemPageReader(id, language), [id, language]);
  useEffect(() => {
    let seen = currentPulse()?.revision.items;
    return onPulse((now) => {
      if (now === null || now.revision.items === seen) return;
      seen = now.revision.items;
      reader.changed();
    });
  }, [reader]);
  return useSyncExternalStore(reader.subscribe, reader.current);
}

/** The name of an item, for messages about one that is not in sight; its number when even that cannot be read. */
export async function nameOfItem(id: string): Promise<string> {
  const { language } = useLanguage.getState();
  return fileNameOf((await engine('item-page', { id, language })).item);
}

/** The last part of a path inside its submission: what a person calls the file. */
export function fileNameOf(item: { readonly relativePath: string; readonly path: string }): string {
  const path = item.relativePath === '' ? item.path : item.relativePath;
  return path.slice(path.lastIndexOf('/') + 1);
}
