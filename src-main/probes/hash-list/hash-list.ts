import { join } from 'node:path';
import { escapeHidden, nameOf } from '../../base/display-name';
import { type FileHandle, open } from '../../base/files';
import type { Hashes } from '../../contract/item';
import { ALGORITHMS, type Algorithm } from './algorithms';
import { BUILT_IN_LINE, CANARY_SHA256 } from './canary';
import { HashIndex } from './hash-index';
import type { ListedAt } from './index-format';
import { LIST_OPEN_FLAGS } from './index-task';
import { labelIn } from './read-list';

/** How much of a line is read for the name in it; names are cut much shorter anyway. */
const LABEL_READ_BYTES = 2048;

/** Dates of JavaScript end here; some file systems keep later ones. */
const LAST_DATE_MS = 8.64e15;

export type ListKind = 'deny' | 'allow';

/** A list as the configuration names it. */
export interface ConfiguredList {
  readonly kind: ListKind;
  readonly path: string;
}

/** How a person reads which list is meant. */
export function titleOf({ kind, path }: ConfiguredList): string {
  return `${kind} list ${escapeHidden(path)}`;
}

/** That an item is on a list. */
export interface Listed {
  readonly algorithm: Algorithm;
  readonly hex: string;
  /** Line of the list, from 1. */
  readonly line: number;
  /** What the list calls it, escaped; null when it gives no name or has changed since it was read. */
  readonly label: string | null;
}

/** A list with its open index, in one state of its content. */
export class HashList {
  readonly list: ConfiguredList;
  /** State of the file that the index is of: `stampOf`. */
  readonly stamp: string;
  private readonly index: HashIndex;
  /** The list itself, for the names in it: opening it for each look-up would take longer than all the rest. */
  private readonly text: FileHandle;
  private users = 0;
  private retired = false;

  private constructor(list: ConfiguredList, stamp: string, index: HashIndex, text: FileHandle) {
    this.list = list;
    this.stamp = stamp;
    this.index = index;
    this.text = text;
  }

  static async open(list: ConfiguredList, stamp: string, folder: string, indexName: string): Promise<HashList> {
    const index = await HashIndex.open(join(folder, indexName));
    try {
      return new HashList(list, stamp, index, await open(list.path, LIST_OPEN_FLAGS));
    } catch (error) {
      await index.close();
      throw error;
    }
  }

  /** SHA-256 of the list's content. */
  get sha256(): string {
    return this.index.footer.list.sha256;
  }

  /** When the list was written, as its file tells; the last date there is for times beyond that. */
  get modified(): Date {
    const ms = Number(BigInt(this.index.footer.list.mtimeNs) / 1_000_000n);
    return new Date(Math.min(LAST_DATE_MS, ms));
  }

  /** Different hashes of the list itself, the built-in entry left out. */
  get entries(): number {
    return ALGORITHMS.reduce((sum, algorithm) => sum + this.count(algorithm), 0);
  }

  /** True when it holds hashes of this kind, so that an item must have one to be looked up. */
  uses(algorithm: Algorithm): boolean {
    return this.count(algorithm) > 0;
  }

  /** The item's line in this list, its strongest hash first; null when no hash of it is listed. */
  async find(hashes: Hashes): Promise<Listed | null> {
    for (const algorithm of ALGORITHMS.toReversed()) {
      const hex = hashes[algorithm];
      const place = hex === null ? null : await this.index.find(algorithm, hex);
      if (hex === null || place === null || place.line === BUILT_IN_LINE) continue;
      return { algorithm, hex, line: place.line, label: await this.label(place, algorithm, hex) };
    }
    return null;
  }

  /** True when the index still gives the entry that is built into each. */
  async findsBuiltIn(): Promise<boolean> {
    return (await this.index.find('sha256', CANARY_SHA256)) !== null;
  }

  /** Runs `work` while the index stays open, even when a newer one takes its place meanwhile. */
  async use<T>(work: (list: HashList) => Promise<T>): Promise<T> {
    this.users += 1;
    try {
      return await work(this);
    } finally {
      this.users -= 1;
      if (this.retired && this.users === 0) await this.close();
    }
  }

  /** Closes the index as soon as nobody uses it. */
  async retire(): Promise<void> {
    if (this.retired) return;
    this.retired = true;
    if (this.users === 0) await this.close();
  }

  private async close(): Promise<void> {
    await Promise.all([this.index.close(), this.text.close()]);
  }

  private count(algorithm: Algorithm): number {
    const all = this.index.count(algorithm);
    return algorithm === 'sha256' ? all - 1 : all;
  }

  /** A name is a courtesy: that it cannot be read any more changes nothing about what was found. */
  private async label(place: ListedAt, algorithm: Algorithm, hex: string): Promise<string | null> {
    try {
      const buffer = Buffer.allocUnsafe(LABEL_READ_BYTES);
      const { bytesRead } = await this.text.read(buffer, 0, buffer.length, place.offset);
      const label = labelIn(buffer.subarray(0, bytesRead), { algorithm, hex });
      return label === null ? null : nameOf(label).display;
    } catch {
      return null; // it is unreadable just now: the line number alone is told
    }
  }
}
