import type { FileWindow } from './file-window';

const SECTOR = 2048;
const FIRST_DESCRIPTOR = 16;
const MOST_DESCRIPTORS = 64;
/** Kinds of volume descriptors that have a tree of their own: primary, and supplementary (Joliet). */
const WITH_TREE: ReadonlySet<number> = new Set([1, 2]);
const ROOT_RECORD = 156;
const LEAST_RECORD = 34;
const IS_FOLDER = 2;
/** Largest folder that is read: some 10,000 names. */
const MOST_FOLDER = 1024 * 1024;

/**
 * Whether all directory trees of an ISO 9660 image name the same contents (ECMA-119, 8.4, 8.5 and 9.1). 7-Zip unpacks
 * one of them; other systems mount another. Trees of more than `most` entries cannot be compared: they do not agree.
 */
export async function treesAgree(window: FileWindow, most: number): Promise<boolean> {
  const trees: string[] = [];
  for (let sector = FIRST_DESCRIPTOR; sector < FIRST_DESCRIPTOR + MOST_DESCRIPTORS; sector += 1) {
    const descriptor = await window.read(sector * SECTOR, SECTOR);
    if (descriptor.length < SECTOR || descriptor.toString('latin1', 1, 6) !== 'CD001') break;
    if (!WITH_TREE.has(descriptor[0] ?? 0)) continue;
    const files = await filesOf(window, descriptor.subarray(ROOT_RECORD), most);
    if (files === null) return false;
    trees.push([...files].sort().join(' '));
  }
  return new Set(trees).size <= 1;
}

/** Place and length of every content below a folder; null when there are too many, or a folder cannot be read. */
async function filesOf(window: FileWindow, root: Buffer, most: number): Promise<ReadonlySet<string> | null> {
  const files = new Set<string>();
  const seen = new Set<number>();
  const folders = [placeOf(root)];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    if (seen.has(folder.at)) continue;
    seen.add(folder.at);
    if (folder.length > MOST_FOLDER) return null;
    const bytes = await window.read(folder.at, folder.length);
    if (bytes.length < folder.length) return null;
    for (const record of recordsOf(bytes)) {
      const place = placeOf(record);
      if (((record[25] ?? 0) & IS_FOLDER) !== 0) folders.push(place);
      else if (place.length > 0) files.add(`${place.at}:${place.length}`);
      if (files.size + folders.length > most) return null;
    }
  }
  return files;
}

/** The entries of a folder. None crosses a sector; a length of zero fills the rest of one. */
function* recordsOf(folder: Buffer): Generator<Buffer> {
  for (let at = 0; at < folder.length; ) {
    const length = folder[at] ?? 0;
    if (length < LEAST_RECORD) {
      at = (Math.floor(at / SECTOR) + 1) * SECTOR;
      continue;
    }
    yield folder.subarray(at, at + length);
    at += length;
  }
}

/** In bytes of the file. */
function placeOf(record: Buffer): { readonly at: number; readonly length: number } {
  if (record.length < LEAST_RECORD) return { at: 0, length: 0 };
  return { at: record.readUInt32LE(2) * SECTOR, length: record.readUInt32LE(10) };
}
