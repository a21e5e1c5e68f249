/** How programs, archives and documents that carry others begin. Pictures, fonts and sounds are none of them. */
const STARTS: readonly Buffer[] = [
  'PK\x03\x04',
  'PK\x05\x06',
  "7z\xbc\xaf'\x1c",
  'Rar!\x1a\x07',
  'MSCF\0\0\0\0',
  '\x1f\x8b\x08',
  'BZh',
  '\xfd7zXZ\0',
  '\x28\xb5\x2f\xfd',
  '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  '\x7fELF',
  '\xca\xfe\xba\xbe',
  '\xcf\xfa\xed\xfe',
  '%PDF-',
  '{\\rt',
  'L\0\0\0\x01\x14\x02\0',
  '\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d',
  'ITSF\x03\0\0\0',
  '#!',
].map((start) => Buffer.from(start, 'latin1'));
/** Where a disc image says that it is one. */
const DISC_AT = 0x8001;

/** Whether bytes that a document carries are a program, a script or something that carries files itself. */
export function isCarrier(bytes: Buffer): boolean {
  if (STARTS.some((start) => bytes.subarray(0, start.length).equals(start))) return true;
  if (bytes.toString('latin1', DISC_AT, DISC_AT + 5) === 'CD001') return true;
  return isProgram(bytes);
}

/** MZ, and a header where it says (programs for Windows), or a DOS program of its length. */
function isProgram(bytes: Buffer): boolean {
  if (bytes.length < 64 || bytes.toString('latin1', 0, 2) !== 'MZ') return false;
  const at = bytes.readUInt32LE(60);
  return ['PE', 'NE', 'LE', 'LX'].includes(bytes.toString('latin1', at, at + 2)) || bytes.readUInt16LE(8) === 4;
}
