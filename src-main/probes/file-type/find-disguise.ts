import { nameOf } from '../../base/display-name';
import type { Finding } from '../../contract/finding';
import type { FileType } from '../../contract/item';
import { type ReadName, readName } from './read-name';
import {
  DECOY_ENDINGS,
  type DisguiseName,
  DOCUMENT_ENDINGS,
  FINDINGS,
  HIDING_BLANKS,
  type Nature,
  natureOf,
  PAPER_ENDINGS,
  RUNNING_ENDINGS,
  SOURCE_ENDINGS,
  TEXT_ENDINGS,
} from './tables';

/** The disguises of a file by its name (true bytes) and what its bytes are; empty for an honest file. */
export function findDisguises(name: Uint8Array, type: FileType): Finding[] {
  const read = readName(name);
  const nature = natureOf(type.mime);
  return disguisesOf(read, nature).flatMap((disguise) => {
    const severity = FINDINGS[disguise][nature === 'other' ? 'otherwise' : 'runs'];
    if (severity === null) return [];
    const evidence = `the name is "${nameOf(name).display}", the true ending ${read.ending === '' ? 'none' : `.${read.ending}`}, the content: ${type.description}`;
    return [
      { probe: 'file-type', name: disguise, severity, category: 'disguise', evidence, guidance: ['disguised-file'] },
    ];
  });
}

function disguisesOf(name: ReadName, nature: Nature): DisguiseName[] {
  const found: DisguiseName[] = [];
  const runsByName = RUNNING_ENDINGS.has(name.ending);
  const runs = nature !== 'other';
  if (contentBelies(name.ending, nature)) found.push('program-under-document-name');
  const decoys = !runs && SOURCE_ENDINGS.has(name.ending) ? PAPER_ENDINGS : DECOY_ENDINGS;
  if (runsByName && decoys.has(name.before)) found.push('double-extension');
  if (runsByName && name.blanks >= HIDING_BLANKS) found.push('blanks-before-extension');
  if (name.bidi && (runsByName || runs)) found.push('bidi-disguised-extension');
  else if (name.override) found.push('bidi-override-in-name');
  if (!name.bidi && name.hidden && runsByName) found.push('hidden-characters-in-name');
  return found;
}

/** Whether the bytes are something that the ending promises they are not. */
function contentBelies(ending: string, nature: Nature): boolean {
  if (nature === 'program') return DOCUMENT_ENDINGS.has(ending) || TEXT_ENDINGS.has(ending);
  return nature === 'script' && DOCUMENT_ENDINGS.has(ending);
}
