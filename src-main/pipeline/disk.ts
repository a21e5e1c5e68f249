import { statfs } from '../base/files';

/** A disk that is smaller than ten floors keeps a tenth of itself free. */
const FLOOR_PART = 10;

/** The disk of a folder: bytes that are free, and how many have to stay so. */
export interface Disk {
  readonly place: string;
  readonly free: number;
  readonly floor: number;
}

/** Null for a folder that is not there: whoever writes to it says so. */
export async function diskOf(place: string, minFreeBytes: number): Promise<Disk | null> {
  try {
    const { bavail, blocks, bsize } = await statfs(place);
    return { place, free: bavail * bsize, floor: Math.min(minFreeBytes, (blocks * bsize) / FLOOR_PART) };
  } catch {
    return null;
  }
}
