import { ARCHIVE } from './archive';
import { CALLS } from './calls';
import { CLAMAV } from './clamav';
import { COMMAND } from './command';
import { DOCUMENTS } from './documents';
import { FILE_KINDS } from './file-kinds';
import { FINDINGS } from './findings';
import { INTAKE } from './intake';
import { PROBES } from './probes';
import { REMOTE } from './remote';
import { DOCUMENT_RULES } from './rules-documents';
import { PROGRAM_RULES } from './rules-programs';
import { SETTINGS } from './settings';
import { DESTINATIONS, SINKS } from './sinks';
import { VERDICTS } from './verdicts';

/**
 * Every sentence that engine and shell make for a person, as English pattern -> French pattern, with the same `{name}`
 * places in both. What stands in a place of CLAUSES is itself looked up here; any other (a name, a number, a tool's own
 * words) stays as it is.
 */
export const FRENCH: Readonly<Record<string, string>> = {
  ...VERDICTS,
  ...INTAKE,
  ...CLAMAV,
  ...PROBES,
  ...REMOTE,
  ...COMMAND,
  ...DOCUMENT_RULES,
  ...PROGRAM_RULES,
  ...ARCHIVE,
  ...DOCUMENTS,
  ...FILE_KINDS,
  ...FINDINGS,
  ...SINKS,
  ...DESTINATIONS,
  ...CALLS,
  ...SETTINGS,
};

export const CLAUSES: ReadonlySet<string> = new Set([
  'why',
  'next',
  'where',
  'what',
  'kind',
  'list',
  'finding',
  'found',
  'is',
  'advice',
]);
