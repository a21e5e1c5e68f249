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
/** What Node puts in place of bytes that are no UTF-8: the true name must be read from the folder. */
const MANGLED = '\ufffd';

/** Hints, merged and bounded: however many come, it holds at most 4,096 folders with 512 names each. */
export class LookQueue {
  private all = false;
  /** Folder key to names; null = the whole folder. */
  private readonly folders = new Map<string, { folder: Buffer; names: Set<string> | null }>();

  wantAll(): void {
    this.all = true;
    this.folders.clear();
  }

  /** `root` and `folder` absolute, as the events spell them. What lies outside the root is dropped. */
  hint(root: string, folder: string, name: string | null): void {
    if (this.all) return;
    if (folder.includes(MANGLED)) {
      this.wantAll();
      return;
    }
    if (folder !== root && !folder.startsWith(root.endsWith('/') ? root : `${root}/`)) return;
    const relativePath = Buffer.from(folder.slice(root.length).replace(/^\/+/, ''));
    this.want(relativePath, name === null || name.includes(MANGLED) ? null : name);
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
      return { kind: 'paths', paths: [...names].map((name) => joinBytes(folder, Buffer.from(name))) };
    }
    return null;
  }

  private want(folder: Buffer, name: string | null): void {
    const key = pathKey(folder);
    const entry = this.folders.get(key) ?? { folder, names: new Set<string>() };
    if (name === null) entry.names = null;
    entry.names?.add(name ?? '');
    if (entry.names !== null && entry.names.size > MOST_NAMES) entry.names = null;
    this.folders.set(key, entry);
    if (this.folders.size > MOST_FOLDERS) this.wantAll();
  }
}
