import { z } from 'zod';

const UNITS: Record<string, number> = { B: 1, KIB: 1024, MIB: 1024 ** 2, GIB: 1024 ** 3, TIB: 1024 ** 4 };

/** Bytes of "25MiB", "2 GiB" or 4096; null when the text is no size. */
export function parseBytes(value: string | number): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null;
  const match = /^(\d+(?:\.\d+)?)\s*(b|kib|mib|gib|tib)?$/i.exec(value.trim());
  if (match === null) return null;
  const bytes = Number(match[1]) * (UNITS[(match[2] ?? 'B').toUpperCase()] ?? Number.NaN);
  return Number.isSafeInteger(Math.round(bytes)) ? Math.round(bytes) : null;
}

/** A size in the configuration: bytes, or a number with KiB, MiB, GiB. Parsed to bytes. */
export const byteSize = z.union([z.string(), z.number()]).transform((value, context) => {
  const bytes = parseBytes(value);
  if (bytes !== null) return bytes;
  context.addIssue({
    code: 'custom',
    message: `"${value}" is not a size: write bytes, or a number with KiB, MiB or GiB`,
  });
  return z.NEVER;
});
