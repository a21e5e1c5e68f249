import type { Canary } from '../probe';

/** The headers of a Windows program that has no code, under a name that passes it off as a document. */
function stub(): Uint8Array {
  const bytes = Buffer.alloc(256);
  bytes.write('MZ');
  bytes.writeUInt32LE(0x80, 0x3c); // e_lfanew: where the PE header is
  bytes.write('PE\0\0', 0x80, 'latin1');
  bytes.writeUInt16LE(0x14c, 0x84); // machine: i386
  return bytes;
}

export const CANARY: Canary = { fileName: 'invoice.pdf.exe', bytes: stub() };
