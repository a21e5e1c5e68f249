/**
 * Every error code of Dropgate, in one table: whether trying again can help, and what the code means.
 * A code is part of the contract (JSON output, reports, sockets): add, never rename.
 */
export const ERROR_CODES = {
  BAD_USAGE: { retryable: false, meaning: 'the command line is wrong' },
  BAD_CONFIG: { retryable: false, meaning: 'the configuration is wrong' },
  NOT_FOUND: { retryable: false, meaning: 'what was named does not exist' },
  ALREADY_EXISTS: { retryable: false, meaning: 'the target exists and is never overwritten' },
  ILLEGAL_TRANSITION: { retryable: false, meaning: 'a state change that the table does not allow' },
  LEDGER_LOCKED: { retryable: true, meaning: 'another engine owns the data folder' },
  LEDGER_NEWER: { retryable: false, meaning: 'the ledger was written by a newer version' },
  LEDGER_CORRUPT: { retryable: false, meaning: 'the ledger cannot be read' },
  LEDGER_FAILED: { retryable: true, meaning: 'the ledger could not be written' },
  ENGINE_GONE: { retryable: true, meaning: 'the engine ended before it answered' },
  PROTOCOL: { retryable: false, meaning: 'a message does not follow the schema' },
  INTERNAL: { retryable: false, meaning: 'a mistake in Dropgate itself' },
  CANCELLED: { retryable: false, meaning: 'cancelled by a person' },
  SOURCE_UNREADABLE: { retryable: true, meaning: 'the file cannot be read' },
  SOURCE_UNSUPPORTED: { retryable: false, meaning: 'not a regular file' },
  SOURCE_CHANGED: { retryable: true, meaning: 'the file changed while it was read' },
  STAGING_FAILED: { retryable: true, meaning: 'the private copy could not be written' },
  PROBE_UNAVAILABLE: { retryable: true, meaning: 'the probe cannot be reached or is not ready' },
  PROBE_FAILED: { retryable: true, meaning: 'the probe failed on this file' },
  PROBE_BAD_REPLY: { retryable: true, meaning: 'the probe answered something that is not an answer' },
  PROBE_DIED: { retryable: true, meaning: 'the process of the probe died on this file' },
  PROBE_TIMEOUT: { retryable: false, meaning: 'the probe did not answer in time' },
  PROBE_LIMIT: { retryable: false, meaning: 'the file is beyond a limit of the probe' },
  RULES_INVALID: { retryable: false, meaning: 'a rule file does not compile' },
  SINK_UNAVAILABLE: { retryable: true, meaning: 'the destination cannot be reached' },
  SINK_REFUSED: { retryable: false, meaning: 'the destination refused the file' },
  SINK_MISMATCH: { retryable: true, meaning: 'what the destination holds is not what was scanned' },
  INTEGRITY: { retryable: false, meaning: 'stored bytes do not have the recorded hash' },
} as const satisfies Record<string, { retryable: boolean; meaning: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CODES, text);
}
