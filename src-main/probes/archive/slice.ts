import type { FileWindow } from './file-window';

const CHUNK_BYTES = 256 * 1024;

/** The bytes from `start` to `end`, each piece in memory that stays as it is. */
export async function* slice(window: FileWindow, start: number, end: number): AsyncGenerator<Buffer, void> {
  for (let at = start; at < end; at += CHUNK_BYTES) yield await window.read(at, Math.min(CHUNK_BYTES, end - at));
}

/** Whether there are but zeros from `start` to `end`: what tapes and block devices leave. */
export async function isPadding(window: FileWindow, start: number, end: number): Promise<boolean> {
  for await (const part of slice(window, start, end)) if (part.some((byte) => byte !== 0)) return false;
  return true;
}
