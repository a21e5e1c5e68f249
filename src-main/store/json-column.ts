import type { z } from 'zod';
import { DropgateError } from '../base/errors';

/** Parses a JSON column. Throws LEDGER_CORRUPT naming the column when it does not hold what the schema says. */
export function parseColumn<T>(schema: z.ZodType<T>, text: string, column: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw unexpected(column, error);
  }
}

/** As parseColumn, for a column that holds a plain word. */
export function parseWord<T>(schema: z.ZodType<T>, word: string, column: string): T {
  const parsed = schema.safeParse(word);
  if (!parsed.success) throw unexpected(column, parsed.error);
  return parsed.data;
}

function unexpected(column: string, cause: unknown): DropgateError {
  return new DropgateError('LEDGER_CORRUPT', `the ledger holds something unexpected in ${column}`, { cause });
}

export function parseNullableColumn<T>(schema: z.ZodType<T>, text: string | null, column: string): T | null {
  return text === null ? null : parseColumn(schema, text, column);
}
