import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileType } from '../../src-main/contract/item';
import { limitsSchema } from '../../src-main/contract/settings';
import type { ScanContext, StagedItem } from '../../src-main/probes/probe';

/** Names as an attacker would choose them. The bytes come to the probe as the item's name, never as its path. */
export const HOSTILE_NAMES: readonly (readonly [string, Buffer])[] = [
  ['a name with a newline', Buffer.from('a\nOK\n/etc/passwd: OK')],
  ['a name with a right-to-left override', Buffer.from('invoice\u202efdp.exe')],
  ['a name that is no UTF-8', Buffer.from([0x66, 0xff, 0xc0, 0x80, 0x2e, 0xfe])],
  ['a name of 255 bytes', Buffer.from('n'.repeat(255))],
  ['a name with a leading dash', Buffer.from('--version')],
  ['a name that is a path', Buffer.from('../../etc/passwd')],
  ['a name of shell words', Buffer.from('$(touch x); `id` | "\'.txt')],
];

/** A staging folder as the pipeline makes it: generated names, readable by the daemons of other users. */
export class Stage {
  readonly folder: string;
  private readonly typeOf: ((bytes: Buffer) => Promise<FileType>) | undefined;

  constructor(typeOf?: (bytes: Buffer) => Promise<FileType>) {
    this.folder = mkdtempSync(join(tmpdir(), 'dropgate-staged-'));
    chmodSync(this.folder, 0o755);
    this.typeOf = typeOf;
  }

  /** Stages `bytes` under the name `fileName`, with all hashes, and the type where it can be told. */
  async item(bytes: Buffer, fileName: string | Buffer): Promise<StagedItem> {
    const path = join(this.folder, randomUUID());
    writeFileSync(path, bytes, { mode: 0o644 });
    const sum = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex');
    return {
      path,
      name: Buffer.from(fileName),
      size: bytes.length,
      hashes: { sha256: sum('sha256'), sha1: sum('sha1'), md5: sum('md5') },
      type: this.typeOf === undefined ? null : await this.typeOf(bytes),
    };
  }

  /** Default limits; members are read to their end, as the pipeline does when it stages them. */
  context(): ScanContext {
    return {
      limits: limitsSchema.parse({}),
      passwords: ['infected'],
      begins: () => undefined,
      isOverLimit: () => false,
      async addChild(_name, content) {
        if (!(content instanceof Uint8Array)) for await (const _piece of content);
      },
    };
  }

  /** Paths and SHA-256 of all files in the folder, also of those that a probe made there. */
  content(): Record<string, string> {
    const files = readdirSync(this.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
    return Object.fromEntries(
      paths.map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]),
    );
  }
}
