import { type DestinationStream, type LevelWithSilent, type Logger, pino } from 'pino';
import { REDACTED, redactText, redactValue } from './redact';

export interface LogOptions {
  readonly level: LevelWithSilent;
  /** Receives whole lines, newline included. Default: stderr, written synchronously, so an exit loses nothing. */
  readonly destination?: DestinationStream;
}

/** Standard error as a destination that neither buffers nor ends the engine when nobody reads it any more. */
function standardError(): DestinationStream {
  const stream = pino.destination({ dest: 2, sync: true });
  stream.on('error', () => {
    // stderr was closed: the line has no reader, and there is no place left to say so
  });
  return stream;
}

/** One finished line without secrets. A line that is not JSON (it never should be) is redacted as a text. */
function redactLine(line: string): string {
  try {
    return `${JSON.stringify(redactValue(JSON.parse(line)))}\n`;
  } catch {
    return `${JSON.stringify({ level: 50, msg: redactText(line), problem: `${REDACTED}: not a JSON line` })}\n`;
  }
}

/**
 * The log: one JSON object a line, ISO times, level names. Work on an item is logged with a child:
 * `log.child({ submission, item })`. Secrets are taken out of the finished line, whatever way they came in: bound to a
 * child, in an object at any depth, in an error, or in the text of a message.
 */
export function createLogger(options: LogOptions): Logger {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: redactLine },
    },
    options.destination ?? standardError(),
  );
}
