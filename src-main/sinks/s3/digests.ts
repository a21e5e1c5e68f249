import { hash } from 'node:crypto';
import type { S3Destination } from '../../contract/settings';

/** What is told of an upload that came to be another one on its way. */
export const OTHER_BYTES = 'other bytes arrived than were sent; it is tried again';

/** What a request says of its bytes, base64: a server that got others refuses them (BadDigest). */
export type SaidDigest = { readonly ChecksumSHA256: string } | { readonly ContentMD5: string };

/**
 * The SHA-256 with `when_supported`; else the MD5, which S3 has had from its first day, also where the newer headers are
 * refused (Backblaze B2 answers 400 to `x-amz-checksum-sha256` and to `x-amz-checksum-mode`).
 */
export function saidDigest(checksums: S3Destination['checksums'], bytes: Uint8Array): SaidDigest {
  if (checksums === 'when_supported') return { ChecksumSHA256: hash('sha256', bytes, 'base64') };
  return { ContentMD5: hash('md5', bytes, 'base64') };
}

/** What a HEAD asks for, so that the server tells the SHA-256 that it has. */
export function askedDigest(checksums: S3Destination['checksums']): { readonly ChecksumMode?: 'ENABLED' } {
  return checksums === 'when_supported' ? { ChecksumMode: 'ENABLED' } : {};
}

/** The digest that S3 tells of an object in parts: that of the digests of its parts, base64 (in order, base64 each). */
export function digestOfParts(digests: readonly string[]): string {
  return hash('sha256', Buffer.concat(digests.map((digest) => Buffer.from(digest, 'base64'))), 'base64');
}

/**
 * False when the server's SHA-256 is one of other bytes. It may tell none; and what it tells of an object in parts
 * (`<base64>-<parts>`) says something to the upload that made it alone, which knows `ofParts`.
 */
export function digestFits(told: string | null, sha256: string, ofParts: string | null): boolean {
  if (told === null) return true;
  const [digest, parts] = told.split('-');
  if (parts !== undefined && ofParts === null) return true;
  return digest === ofParts || digest === Buffer.from(sha256, 'hex').toString('base64');
}
