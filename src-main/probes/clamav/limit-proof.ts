import { rm } from '../../base/files';
import { createCanaryFile, writePaddedCanary } from '../canary-files';
import { SizeProof } from '../size-proof';
import type { Backend, Readiness } from './backend';

/**
 * Proves that ClamAV reads files of a size to their end: beyond its own limits it answers OK, unless AlertExceedsMax
 * is set.
 */
export class LimitProof extends SizeProof {
  private readonly backend: Backend;
  private readonly generation: string;

  constructor(backend: Backend, readiness: Readiness, dir: string) {
    super({
      who: 'ClamAV',
      claimed: readiness.claimedLimit,
      finds: (size, signal) => isFound(backend, dir, size, signal),
    });
    this.backend = backend;
    this.generation = readiness.generation;
  }

  isFor(backend: Backend, readiness: Readiness): boolean {
    return this.backend === backend && this.generation === readiness.generation && !this.isStale;
  }

  /** What a person should know about a limit that is lower than ClamAV was thought to have. */
  get note(): string | null {
    if (this.overlooked === null) return null;
    return `files over ${this.maxBytes} bytes are not covered: ClamAV overlooked a test file below ${this.overlooked} bytes; raise MaxFileSize, MaxScanSize and StreamMaxLength in clamd.conf`;
  }
}

async function isFound(backend: Backend, dir: string, size: number, signal: AbortSignal): Promise<boolean> {
  const { path, handle } = await createCanaryFile(dir);
  try {
    await writePaddedCanary(handle, size);
    const answer = await backend.scan({ path, size, content: `canary of ${size} bytes` }, signal);
    return answer.kind === 'found' && !answer.name.startsWith('Heuristics.Limits.');
  } finally {
    await handle.close();
    await rm(path, { force: true });
  }
}
