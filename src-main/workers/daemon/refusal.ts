import { STATUS_CODES } from 'node:http';

/** Why a request is not done: the HTTP status, and the words of the body. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  /** `{status, error, message}`, as the documents have it. */
  get body(): object {
    return { status: this.status, error: STATUS_CODES[this.status] ?? 'Error', message: this.message };
  }
}

/** The words of the documents. */
export const invalidInfo = () => new Refusal(400, 'invalid info format');
export const invalidId = () => new Refusal(400, 'invalid ID format');
export const idNotFound = () => new Refusal(404, 'ID not found');

/** Come again: `seconds` until there may be room. */
export const busy = (message: string, seconds: number) => new Refusal(503, message, { 'retry-after': String(seconds) });
