import { ERROR_CODES, type ErrorCode } from '../contract/error-codes';

/**
 * The one error type that crosses a layer: a code of ERROR_CODES, a message for a person, and whether trying again
 * can help (from the table unless told otherwise).
 */
export class DropgateError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; retryable?: boolean } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DropgateError';
    this.code = code;
    this.retryable = options.retryable ?? ERROR_CODES[code].retryable;
  }
}

/** What a probe throws. Same shape; the name tells where it came from. */
export class ProbeError extends DropgateError {
  override name = 'ProbeError';
}

/** What a sink throws. */
export class SinkError extends DropgateError {
  override name = 'SinkError';
}

/** Errno code (`ENOENT`) of an unknown thrown value, or null. */
export function errnoOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Message of an unknown thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Any thrown value as a DropgateError; one that is one already is returned as it is. */
export function toDropgateError(error: unknown, code: ErrorCode = 'INTERNAL'): DropgateError {
  return error instanceof DropgateError ? error : new DropgateError(code, messageOf(error), { cause: error });
}
