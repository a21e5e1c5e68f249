import { nameOf } from '../../base/display-name';
import type { Finding } from '../../contract/finding';
import type { FileType } from '../../contract/item';
import { type Nature, natureOf } from './natures';
import { type ReadName, readName } from './read-name';
import {
  CLASS_ID,
  DECOY_ENDINGS,
  DISK_ENDINGS,
  type DisguiseName,
  DOCUMENT_ENDINGS,
  FINDINGS,
  HIDING_BLANKS,
  PAPER_ENDINGS,
  RUNNING_ENDINGS,
  SOURCE_ENDINGS,
  TEXT_ENDINGS,
  ZIPPED_ENDINGS,
} from './tables';

/** The disguises of a file by its name (true bytes) and what its bytes are; empty for an honest file. */
export function findDisguises(name: Uint8Array, type: FileType): Finding[] {
  const read = readName(name);
  const nature = natureOf(type.mime);
  const runs = nature === 'program' || nature === 'script';
  const disguises = [...disguisesOfName(read, runs), ...disguisesOfContent(read.ending, nature, type.mime)];
  return disguises.flatMap((disguise) => {
    const { guidance, ...severities } = FINDINGS[disguise];
    const severity = severities[runs ? 'runs' : 'otherwise'];
    if (severity === null) return [];
    const ending = read.ending === '' ? 'none' : `.${nameOf(Buffer.from(read.ending)).display}`;
    const evidence = `the name is "${nameOf(name).display}", the true ending ${ending}, the content: ${type.description}`;
    return [{ probe: 'file-type', name: disguise, severity, category: 'disguise', evidence, guidance: [guidance] }];
  });
}

function disguisesOfName(name: ReadName, runs: boolean): DisguiseName[] {
  const found: DisguiseName[] = [];
  const runsByName = RUNNING_ENDINGS.has(name.ending);
  const decoys = !runs && SOURCE_ENDINGS.has(name.ending) ? PAPER_ENDINGS : DECOY_ENDINGS;
  if ((runsByName || DISK_ENDINGS.has(name.ending)) && decoys.has(name.before)) found.push('double-extension');
  if (runsByName && name.blanks >= HIDING_BLANKS) found.push('blanks-before-extension');
  if (name.bidi && (runsByName || runs)) found.push('bidi-disguised-extension');
  else if (name.override) found.push('bidi-override-in-name');
  if (!name.bidi && name.hidden && runsByName) found.push('hidden-characters-in-name');
  if (name.seenEnding !== name.ending && isPromise(name.seenEnding)) found.push('lookalike-ending');
  if (runsByName && name.trimmed) found.push('ending-behind-dots-or-blanks');
  if (name.streamEndings.some((ending) => RUNNING_ENDINGS.has(ending))) found.push('stream-in-name');
  if (CLASS_ID.test(name.ending)) found.push('class-id-as-ending');
  if (name.device) found.push('reserved-device-name');
  return found;
}

/** Whether people know what to expect behind the ending. */
function isPromise(ending: string): boolean {
  return RUNNING_ENDINGS.has(ending) || DECOY_ENDINGS.has(ending) || TEXT_ENDINGS.has(ending);
}

/** What the bytes are though the ending promises that they are not. */
function disguisesOfContent(ending: string, nature: Nature, mime: string): DisguiseName[] {
  const isDocument = DOCUMENT_ENDINGS.has(ending);
  if (!isDocument && (nature === 'script' || !TEXT_ENDINGS.has(ending))) return [];
  if (nature === 'program' || nature === 'script') return ['program-under-document-name'];
  if (nature !== 'container' || (mime === 'application/zip' && ZIPPED_ENDINGS.has(ending))) return [];
  return ['archive-under-document-name'];
}
