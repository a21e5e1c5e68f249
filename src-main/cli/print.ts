import colors from 'picocolors';
import { writeSync } from '../base/files';

/** Colours only where a person looks: each stream for itself, NO_COLOR honoured. */
export const paint = colors.createColors(process.stdout.isTTY === true && process.env.NO_COLOR === undefined);
export const paintError = colors.createColors(process.stderr.isTTY === true && process.env.NO_COLOR === undefined);

/**
 * Writes to standard output and waits until it is taken, so that a slow reader slows us down and does not fill our
 * memory. Resolves false when the reader is gone (`| head`).
 */
export function writeOut(text: string): Promise<boolean> {
  return new Promise((resolve) => {
    process.stdout.write(text, (error) => resolve(error === null || error === undefined));
  });
}

/** A message to the person, on standard error. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Last words before process.exit: written at once. */
export function sayNow(text: string): void {
  writeSync(2, `${text}\n`);
}

const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** 1536 -> "1.5 KiB". */
export function humanBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < SIZES.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${SIZES[unit]}`;
}

/** 75 -> "1 min 15 s". */
export function humanSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.round(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
