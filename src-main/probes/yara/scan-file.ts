import { closeSync, constants, fstatSync, openSync, readSync } from '../../base/files';
import type { Finding } from '../../contract/finding';
import type { RuleSet } from './compile-rules';
import type { RuleMatch } from './engine';
import { toFinding } from './to-finding';

/**
 * Up to this size a file is read into one buffer that is used again and again (measured on small files: 10,000 a second
 * against 8,500 by the library's own reading; above 1 MiB there is no difference). Larger ones the library reads, and
 * frees them at once. It holds them whole: in version 0.3 `setUseMmap` changes nothing (seen by strace), so a child may
 * need as much memory as the largest file that the probe accepts.
 */
const BUFFER_BYTES = 1024 ** 2;
/** Not there on Windows, where it is no flag at all. */
const NONBLOCK = constants.O_NONBLOCK ?? 0;

/** Scans files with every rule set. Synchronous; throws when a file cannot be read whole. */
export class FileScanner {
  private readonly buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  private readonly sets: readonly RuleSet[];

  constructor(sets: readonly RuleSet[]) {
    this.sets = sets;
  }

  /** What the rules find in the file. Throws when it is no regular file of exactly `size` bytes. */
  scan(path: string, size: number): Finding[] {
    const file = openSync(path, constants.O_RDONLY | NONBLOCK);
    try {
      const stat = fstatSync(file);
      if (!stat.isFile()) throw new Error('it is not a regular file');
      if (stat.size !== size) throw new Error(`it has ${stat.size} bytes where ${size} were announced`);
      if (size > BUFFER_BYTES) return this.apply((set) => set.compiled.scanFile(path));
      const bytes = this.read(file, size);
      return this.apply((set) => set.compiled.scanBytes(bytes));
    } finally {
      closeSync(file);
    }
  }

  private read(file: number, size: number): Buffer {
    let length = 0;
    while (length < size) {
      const more = readSync(file, this.buffer, length, size - length, null);
      if (more === 0) throw new Error(`it ended after ${length} of ${size} bytes`);
      length += more;
    }
    return this.buffer.subarray(0, size);
  }

  private apply(scan: (set: RuleSet) => RuleMatch[]): Finding[] {
    const findings: Finding[] = [];
    for (const set of this.sets) {
      for (const match of scan(set)) findings.push(toFinding(match, set.files.get(match.rule) ?? null));
    }
    return findings;
  }
}
