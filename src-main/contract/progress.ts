import type { Activity } from './pulse';

/** Whether `bytes` are those of all files, and not only of those that were taken so far. */
export function knowsAllBytes({ files, sized, bytes }: Activity): boolean {
  return bytes > 0 && sized >= files;
}

/** How much of what moves has ended, from 0 to 1: by bytes where all are known, else by files. */
export function shareOf(activity: Activity): number {
  const { files, settled, bytes, settledBytes } = activity;
  const share = knowsAllBytes(activity) ? settledBytes / bytes : settled / Math.max(1, files);
  return Math.min(1, share);
}
