import { type DocumentParser, damaged, encrypted, member } from './pieces';

/** The header and footer of a FileDataStoreObject ([MS-ONESTORE] 2.6.13). */
const FILE_BEGINS = Buffer.from('e716e3bd65261145a4c48d4d0b7a9eac', 'hex');
const FILE_ENDS = Buffer.from('22a7fb71790f0b4abb13899256426b24', 'hex');
const HEADER_BYTES = 36;
/** Where a section says how it is stored (2.3.1), and that it is as online notebooks are ([MS-FSSHTTPB]). */
const FORM_AT = 48;
const ONLINE_FORM = Buffer.from('2fe98d63d4a6c14b9a36b3fc2511a5b7', 'hex');
/** Where it says how long it is. */
const LENGTH_AT = 196;
/** What begins the key of an encrypted section (2.5.19). */
const KEY_BEGINS = Buffer.from('67a0d1da85a36bfb', 'hex');

/** Files in a OneNote section. Its text stands in it as it is. */
export const oneNoteMembers: DocumentParser = function* (bytes) {
  if (bytes.subarray(FORM_AT, FORM_AT + 16).equals(ONLINE_FORM)) {
    yield {
      note: 'unopened',
      detail: 'it is a section of an online OneNote notebook, which this version does not open',
    };
    return;
  }
  if (bytes.includes(KEY_BEGINS)) yield encrypted('a section of it is encrypted');
  const stated = bytes.length < LENGTH_AT + 8 ? 0 : Number(bytes.readBigUInt64LE(LENGTH_AT));
  if (stated > LENGTH_AT && stated < bytes.length) yield member('behind-the-section', bytes.subarray(stated));
  else if (stated !== bytes.length) yield damaged('it is not as long as it says');
  let count = 0;
  for (let at = bytes.indexOf(FILE_BEGINS); at >= 0; at = bytes.indexOf(FILE_BEGINS, at + 1)) {
    if (at + HEADER_BYTES > bytes.length) {
      yield damaged('a file in it is cut off');
      return;
    }
    const length = Number(bytes.readBigUInt64LE(at + 16));
    const start = at + HEADER_BYTES;
    count += 1;
    yield member(`file-${count}`, bytes.subarray(start, start + length));
    const padded = start + Math.ceil(length / 8) * 8;
    const ends = [start + length, padded].some((end) => bytes.subarray(end, end + 16).equals(FILE_ENDS));
    if (!ends) yield damaged('a file in it does not end where it should');
  }
};
