import { open } from '../../base/files';

/** Readers and ClamAV alike take a file for a PDF that has this within its first 1024 bytes. */
const PDF_MAGIC = '%PDF-';
const HEAD_BYTES = 1024 + PDF_MAGIC.length;

/** Whether a file is a PDF to ClamAV, which then unpacks what is compressed in it. */
export async function looksLikePdf(path: string): Promise<boolean> {
  await using file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return buffer.subarray(0, bytesRead).includes(PDF_MAGIC);
}
