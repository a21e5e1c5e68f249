import type { Logger } from 'pino';
import { type OwnerLock, takeOwnerLock } from '../store/lock';
import { type Connection, type Listening, listen } from './channel-server';
import { type DataFolder, dataFolder, makeDataFolder } from './data-folder';
import { Door } from './door';
import { answerCall } from './handlers';
import type { EngineParts } from './parts';
import { assertPrivateSocketFolder } from './private-folder';
import { PulseFeed } from './pulse-feed';
import { Receiving } from './receiving';

/**
 * What stays of an engine while it is composed anew: its data folder with the lock, its socket with everybody who is
 * connected, and the walks over files that are still being named.
 */
export class Standing {
  readonly folder: DataFolder;
  readonly door = new Door<EngineParts>();
  readonly receiving: Receiving;
  /** Those who watch, from one engine to the next. */
  readonly feed = new PulseFeed();
  private readonly lock: OwnerLock;
  private listening: Listening | null = null;

  private constructor(folder: DataFolder, lock: OwnerLock, log: Logger) {
    this.folder = folder;
    this.lock = lock;
    this.receiving = new Receiving(log);
  }

  /** Throws LEDGER_LOCKED when another engine has the folder. */
  static take(dataDir: string, log: Logger): Standing {
    const folder = dataFolder(dataDir);
    makeDataFolder(folder);
    return new Standing(folder, takeOwnerLock(folder.lock), log);
  }

  /** Listens, unless it does already; calls wait until the door is open. */
  async listen(): Promise<void> {
    const { socket, root } = this.folder;
    assertPrivateSocketFolder(socket, root);
    this.listening ??= await listen(socket, (call, params, connection) => this.call(call, params, connection));
  }

  /** `connection`: who asked; null for a call inside the engine's own process. */
  call(call: string, params: unknown, connection: Connection | null = null): Promise<unknown> {
    return this.door.use((parts) => answerCall(parts, call, params, connection));
  }

  /** How many are connected. */
  clients(): number {
    return this.listening?.clients() ?? 0;
  }

  /** Resolves when nobody is connected any more; from then on nobody is let in. */
  async lastClient(): Promise<void> {
    await this.listening?.lastClient();
  }

  /** Names no more files, hangs up, answers nobody. */
  async dismiss(): Promise<void> {
    this.door.lock();
    await this.receiving.close();
    await this.listening?.close();
    this.listening = null;
  }

  /** The data folder is somebody else's from now on. */
  release(): void {
    this.lock.release();
  }
}
