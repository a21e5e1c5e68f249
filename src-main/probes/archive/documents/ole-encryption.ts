const FILE_PASS = 0x2f;
const END_OF_FILE = 0x0a;
/** Where a workbook says that it is encrypted: among its first records. */
export const START_BYTES = 64 * 1024;
const PRESENTATION_ENCRYPTED = 0xf3d1c4df;
const WORD_ENCRYPTED = 0x0100;

/**
 * Whether a stream of a compound file says that the document is encrypted: [MS-OFFCRYPTO] 2.3.4.4 and 2.2.6, [MS-XLS]
 * 2.4.117, [MS-DOC] 2.5.2, [MS-PPT] 2.3.2. `start`: its first START_BYTES.
 */
export function saysEncrypted(name: string, start: Buffer): boolean {
  if (name === 'EncryptedPackage' || name === '\tDRMContent') return true;
  if (name === 'Workbook' || name === 'Book') return hasFilePass(start);
  if (name === 'WordDocument') return start.length >= 12 && (start.readUInt16LE(10) & WORD_ENCRYPTED) !== 0;
  return name === 'Current User' && start.length >= 16 && start.readUInt32LE(12) === PRESENTATION_ENCRYPTED;
}

function hasFilePass(start: Buffer): boolean {
  for (let at = 0; at + 4 <= start.length; at += 4 + start.readUInt16LE(at + 2)) {
    const id = start.readUInt16LE(at);
    if (id === FILE_PASS) return true;
    if (id === END_OF_FILE) return false;
  }
  return false;
}
