import { escapeHidden } from '../../base/display-name';
import { ProbeError } from '../../base/errors';

/** The only things that clamd can say about a file. `refused`: it did not look, and says why. */
export type Answer =
  | { readonly kind: 'ok' }
  | { readonly kind: 'found'; readonly name: string }
  | { readonly kind: 'refused'; readonly text: string };

const SHOWN = 200;

/** A hostile text in a message: escaped, cut. */
export function quoted(text: string): string {
  return `"${escapeHidden(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)}"`;
}

export function badReply(what: string): ProbeError {
  return new ProbeError('PROBE_BAD_REPLY', `clamd answered ${what}, which is no answer`);
}

/**
 * Reads one reply about `subject` (the path that was asked, or `stream`): exactly `<subject>: OK`,
 * `<subject>: <name> FOUND`, or a refusal (`... ERROR`, `Excluded`). Both in latin1, byte for byte.
 * Throws PROBE_BAD_REPLY for everything else, also for a reply about something else.
 */
export function readAnswer(reply: string, subject: string): Answer {
  const start = subject.length + 2;
  if (reply.startsWith(subject) && reply.startsWith(': ', subject.length)) {
    const text = reply.slice(start);
    if (text === 'OK') return { kind: 'ok' };
    if (text.endsWith(' FOUND') && text.length > 6) return { kind: 'found', name: text.slice(0, -6) };
    if (text.endsWith(' ERROR') || text === 'Excluded') return { kind: 'refused', text };
  }
  // an INSTREAM that is too long is refused without naming the subject
  if (subject === 'stream' && /^INSTREAM[: ].* ERROR$/.test(reply)) return { kind: 'refused', text: reply };
  throw badReply(quoted(reply));
}

/** Whether a refusal says that clamd could not get at the file, rather than that it failed on it. */
export function isAccessRefusal(text: string): boolean {
  return /permission denied|access denied|no such file|can't (?:access|open)|path check failure|^Excluded$/i.test(text);
}

/** A refusal as the error that it is. */
export function refusalError(text: string): ProbeError {
  if (/size limit exceeded/i.test(text))
    return new ProbeError('PROBE_LIMIT', `clamd refused the file: ${quoted(text)}`);
  return new ProbeError('PROBE_FAILED', `clamd could not scan the file: ${quoted(text)}`);
}
