import type { z } from 'zod';
import { DropgateError } from '../base/errors';

/** Parses a JSON column. Throws LEDGER_CORRUPT naming the column when it does not hold what the schema says. */
export function parseColumn<T>(schema: z.ZodType<T>, text: string, column: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new DropgateError('LEDGER_CORRUPT', `the ledger holds something unexpected in ${column}`, { cause: error });
  }
}

export function parseNullableColumn<T>(schema: z.ZodType<T>, text: string | null, column: string): T | null {
  return text === null ? null : parseColumn(schema, text, column);
}
