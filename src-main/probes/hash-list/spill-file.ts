import { join } from 'node:path';
import { partialPath } from '../../base/atomic-file';
import { closeSync, openSync, rmSync, writeSync } from '../../base/files';

/** Writes all of `bytes` at `position`; synchronous: for child processes. */
export function writeFully(fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, position + done);
}

/** A temporary file without a name: it is gone when its process ends, however that ends. */
export class SpillFile {
  readonly fd: number;
  position = 0;

  constructor(folder: string) {
    const path = partialPath(join(folder, 'spill'));
    this.fd = openSync(path, 'wx+', 0o600);
    rmSync(path);
  }

  append(bytes: Uint8Array): void {
    writeFully(this.fd, bytes, this.position);
    this.position += bytes.length;
  }

  close(): void {
    closeSync(this.fd);
  }
}
