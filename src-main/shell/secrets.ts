import { z } from 'zod';
import { messageOf } from '../base/errors';
import { SHELL_CALLS, type ShellQuestion } from '../contract/shell-schema';
import { PrivateJson } from './private-json';

/** The part of Electron's safeStorage that is used; older Electrons cannot name their backend. */
export interface KeyStore {
  isEncryptionAvailable(): boolean;
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(bytes: Buffer): string;
}

type SecretName = ShellQuestion<'secret-set'>['name'];

const nameSchema = SHELL_CALLS['secret-set'].params.shape.name;
const secretsSchema = z.partialRecord(nameSchema, z.base64()).catch({});

const ELSEWHERE =
  'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or use ~/.aws/credentials, instead';

/** Why this system cannot keep a secret, or null. Linux without a key store would "encrypt" with a password that everybody knows. */
export function keyStoreProblem(store: KeyStore, platform: NodeJS.Platform): string | null {
  if (!store.isEncryptionAvailable()) return `this system has no key store that is open; ${ELSEWHERE}`;
  if (platform !== 'linux') return null;
  if (!isOfKeyStore(store))
    return `no key store (GNOME keyring, KWallet) runs on this desktop, and without one a secret would be readable by anybody; ${ELSEWHERE}`;
  return null;
}

/** What Chromium on Linux puts before a text that a key store's password encrypted; `v10`: the password that everybody knows. */
const BY_KEY_STORE = 'v11';

/** Whether a Linux key store encrypts: by its name, or where it cannot be named, by the mark of what it encrypted. */
function isOfKeyStore(store: KeyStore): boolean {
  const backend = store.getSelectedStorageBackend?.();
  if (backend !== undefined) return backend !== 'basic_text' && backend !== 'unknown';
  return store.encryptString('a text').subarray(0, BY_KEY_STORE.length).toString('latin1') === BY_KEY_STORE;
}

/** Secrets of the engine, encrypted by the system's key store. They reach an engine by its environment, never by its arguments. */
export class SecretStore {
  private readonly file: PrivateJson<typeof secretsSchema>;
  private readonly store: KeyStore;
  private readonly platform: NodeJS.Platform;
  private readonly warn: (text: string) => void;

  constructor(path: string, store: KeyStore, platform: NodeJS.Platform, warn: (text: string) => void) {
    this.file = new PrivateJson(path, secretsSchema, warn);
    this.store = store;
    this.platform = platform;
    this.warn = warn;
  }

  problem(): string | null {
    return keyStoreProblem(this.store, this.platform);
  }

  names(): string[] {
    return Object.keys(this.file.get());
  }

  /** An empty value forgets the secret, which works without a key store too. */
  async set(name: SecretName, value: string): Promise<{ kept: boolean; problem: string | null }> {
    const { [name]: _old, ...others } = this.file.get();
    if (value === '') {
      await this.file.set(others);
      return { kept: false, problem: null };
    }
    const problem = this.problem();
    if (problem !== null) return { kept: false, problem };
    await this.file.set({ ...others, [name]: this.store.encryptString(value).toString('base64') });
    return { kept: true, problem: null };
  }

  /** What an engine is given when it starts. A secret that cannot be read any more is left out, and said. */
  environment(): Record<string, string> {
    const secrets = Object.entries(this.file.get());
    if (secrets.length === 0) return {};
    const problem = this.problem();
    if (problem !== null) {
      this.warn(`the kept secrets cannot be read: ${problem}`);
      return {};
    }
    const readable = secrets.flatMap(([name, kept]) => {
      try {
        return [[name, this.store.decryptString(Buffer.from(kept, 'base64'))] as const];
      } catch (error) {
        this.warn(`the kept secret ${name} cannot be read (${messageOf(error)}); enter it again in Destinations`);
        return [];
      }
    });
    return Object.fromEntries(readable);
  }
}
