import { joinBytes } from '../read-folder';
import { pathKey } from './settled-file';

/** What to look at next: everything, everything in and below one folder, or some paths. All relative to the root. */
export type Look =
  | { readonly kind: 'all' }
  | { readonly kind: 'folder'; readonly relativePath: Buffer }
  | { readonly kind: 'paths'; readonly paths: readonly Buffer[] };

/** More names than these in one folder are dearer to keep than the folder is to read. */
const MOST_NAMES = 512;
/** More folders than these: a full sweep. */
const MOST_FOLDERS = 4096;

/** Names as keys, so that a file with many events is one; null = the whole folder. */
interface Wanted {
  readonly folder: Buffer;
  names: Map<string, Buffer> | null;
}

/** Hints, merged and bounded: however many come, it holds at most 4,096 folders with 512 names each. */
export class LookQueue {
  private all = false;
  private readonly folders = new Map<string, Wanted>();

  wantAll(): void {
    this.all = true;
    this.folders.clear();
  }

  /** Something happened to `name` in `folder` (relative to the root, empty: the root), or, with null, somewhere in it. */
  want(folder: Buffer, name: Buffer | null): void {
    if (this.all) return;
    const key = pathKey(folder);
    const wanted = this.folders.get(key) ?? { folder, names: new Map() };
    if (name === null) wanted.names = null;
    else wanted.names?.set(pathKey(name), name);
    if (wanted.names !== null && wanted.names.size > MOST_NAMES) wanted.names = null;
    this.folders.set(key, wanted);
    if (this.folders.size > MOST_FOLDERS) this.wantAll();
  }

  /** The next thing to look at, or null. Taken is no longer wanted. */
  take(): Look | null {
    if (this.all) {
      this.all = false;
      return { kind: 'all' };
    }
    for (const [key, { folder, names }] of this.folders) {
      this.folders.delete(key);
      if (names === null) return { kind: 'folder', relativePath: folder };
      return { kind: 'paths', paths: [...names.values()].map((name) => joinBytes(folder, name)) };
    }
    return null;
  }
}
