import type { ErrorCode } from '../contract/error-codes';
import { DropgateError, errnoOf, messageOf, SinkError } from './errors';

/** An error on its way between threads. `errno`: set when the file system failed; whoever asked knows whose fault that is. */
export interface ThreadFailure {
  readonly code: ErrorCode | null;
  readonly errno: string | null;
  readonly message: string;
}

export function failureOf(error: unknown): ThreadFailure {
  const code = error instanceof DropgateError ? error.code : null;
  return { code, errno: code === null ? errnoOf(error) : null, message: messageOf(error) };
}

/** The error of a sink's thread as the sink throws it. What the file system said is left as it is. */
export function errorOf({ code, errno, message }: ThreadFailure): Error {
  if (code !== null) return new SinkError(code, message);
  return Object.assign(new Error(message), errno === null ? {} : { code: errno });
}
