import { createHash } from 'node:crypto';
import type { Footer } from './format';

/** Size and all three hashes of the bytes that pass. */
export class Digests {
  length = 0;
  private readonly md5 = createHash('md5');
  private readonly sha1 = createHash('sha1');
  private readonly sha256 = createHash('sha256');

  update(chunk: Uint8Array): void {
    this.length += chunk.length;
    this.md5.update(chunk);
    this.sha1.update(chunk);
    this.sha256.update(chunk);
  }

  /** Once only: as a CaRT footer has them. */
  footer(): Footer {
    const [md5, sha1, sha256] = [this.md5, this.sha1, this.sha256].map((hash) => hash.digest('hex'));
    return { length: String(this.length), md5: md5 ?? '', sha1: sha1 ?? '', sha256: sha256 ?? '' };
  }
}
