import { join } from 'node:path';
import { messageOf, ProbeError } from '../../base/errors';
import type { ClamavSettings } from '../../contract/settings';
import type { Backend, Readiness } from './backend';
import { ClamdDaemon } from './daemon';
import { findClamdSocket } from './find-socket';
import { DEFAULT_MAX_BYTES } from './limits';
import { LocalBinary } from './local-binary';
import { configuredTarget, type Target } from './target';

/** Below a staging folder: as deep as staged files lie, and removed with them by recovery. */
const CANARY_FOLDER = 'clamav-canary';

export interface BackendOptions {
  readonly settings: ClamavSettings | undefined;
  readonly stagingDirs: readonly string[];
  readonly timeoutMs: number;
}

/**
 * The ways to ClamAV in their order: the configured or found daemon; then the local program, only where the settings
 * name one or where no daemon was ever configured or found.
 */
export class Backends {
  private readonly options: BackendOptions;
  private daemon: ClamdDaemon | null = null;
  private binary: LocalBinary | null = null;

  constructor(options: BackendOptions) {
    this.options = options;
  }

  /** The first that is ready. Rejects with PROBE_UNAVAILABLE that says what is wrong with each. */
  async choose(signal: AbortSignal): Promise<{ backend: Backend; readiness: Readiness }> {
    const problems: string[] = [];
    for (const backend of this.inOrder()) {
      try {
        return { backend, readiness: await backend.ready(signal) };
      } catch (error) {
        signal.throwIfAborted();
        problems.push(messageOf(error));
      }
    }
    throw new ProbeError('PROBE_UNAVAILABLE', problems.join('; and '));
  }

  async close(): Promise<void> {
    await this.daemon?.close();
    await this.binary?.close();
  }

  get canaryDir(): string {
    return this.canaryDirs[0] ?? CANARY_FOLDER;
  }

  private get canaryDirs(): string[] {
    return this.options.stagingDirs.map((dir) => join(dir, CANARY_FOLDER));
  }

  private inOrder(): Backend[] {
    const { settings } = this.options;
    this.daemon ??= this.openDaemon();
    if (this.daemon !== null && settings?.binary === undefined) return [this.daemon];
    this.binary ??= new LocalBinary({
      program: settings?.binary ?? 'clamscan',
      timeoutMs: this.options.timeoutMs,
      claimedLimit: settings?.maxBytes ?? DEFAULT_MAX_BYTES,
      stagingDir: this.canaryDir,
    });
    return this.daemon === null ? [this.binary] : [this.daemon, this.binary];
  }

  private openDaemon(): ClamdDaemon | null {
    const { settings, timeoutMs } = this.options;
    const target = configuredTarget(settings) ?? foundTarget();
    return target === null ? null : new ClamdDaemon({ target, settings, timeoutMs, canaryDirs: this.canaryDirs });
  }
}

function foundTarget(): Target | null {
  const path = findClamdSocket();
  return path === null ? null : { kind: 'unix', path };
}
