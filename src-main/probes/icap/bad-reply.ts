import { escapeHidden } from '../../base/display-name';
import { ProbeError } from '../../base/errors';

const SHOWN = 200;

/** A hostile text as messages show it: escaped, cut. */
export function shown(text: string): string {
  return escapeHidden(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}

/** What the server answered is no answer: PROBE_BAD_REPLY. */
export function badReply(what: string): ProbeError {
  return new ProbeError('PROBE_BAD_REPLY', `the ICAP server answered ${what}, which is no answer`);
}
