import { randomUUID } from 'node:crypto';
import { nameOf } from '../../base/display-name';
import { errnoOf, messageOf, ProbeError } from '../../base/errors';
import { readFileSync } from '../../base/files';
import { isLoopback } from '../../base/host';
import { notReady } from '../../base/not-ready';
import { askedTypeSchema, type ScanRequest } from '../../contract/detection-api';
import type { ProbeHealth, ProbeReport } from '../../contract/probe-report';
import type { RemoteProbeSettings } from '../../contract/settings-remote';
import { EICAR } from '../canary-files';
import type { Probe, ProbeManifest, ScanContext, StagedItem } from '../probe';
import { DaemonClient } from './client';
import { commandsMissing, type Kind, RemoteDaemon } from './daemon';
import { shareFile, uploadOf } from './hand-over';
import { reportOf } from './to-report';

/** What is told of an original daemon, which has no version. */
const ORIGINAL = 'BroAPT daemon API 1.0';
/** Also that of types whose names the API has no room for: a shorter one would be another type. */
const UNKNOWN_TYPE = 'application/octet-stream';
const FORGET_MS = 2000;

/**
 * A probe that has files looked at by a detection daemon: Dropgate's own (`dropgate worker --daemon`), or an original one
 * of API v1.0, whose bare answers mean what the settings say and nothing without them. `env` holds the token.
 */
export function createRemoteProbe(settings: RemoteProbeSettings, env: NodeJS.ProcessEnv): Probe {
  return new RemoteProbe(settings, env);
}

class RemoteProbe implements Probe {
  readonly manifest: ProbeManifest;
  private readonly settings: RemoteProbeSettings;
  private readonly env: NodeJS.ProcessEnv;
  private readonly closing = new AbortController();
  /** What is still told to the daemon about scans that nobody waits for. */
  private readonly farewells = new Set<Promise<void>>();
  private connection: { readonly client: DaemonClient; readonly daemon: RemoteDaemon } | null = null;
  private known: Kind | null = null;

  constructor(settings: RemoteProbeSettings, env: NodeJS.ProcessEnv) {
    const { id, url, timeoutSeconds, concurrency, accepts, canary, commands, answers } = settings;
    this.settings = settings;
    this.env = env;
    this.manifest = {
      id,
      title: id,
      category: 'external',
      kind: 'remote',
      accepts: accepts ?? null,
      timeoutMs: timeoutSeconds * 1000,
      concurrency,
      queues: false,
      unpacks: false,
      dependsOn: 'content',
      privacy: 'uploads-bytes',
      canary: canary ? { fileName: 'eicar.com', bytes: EICAR } : null,
      needs: { type: true, allHashes: false },
      options: JSON.stringify({ url, commands, answers }),
    };
  }

  async describe(signal: AbortSignal): Promise<ProbeHealth> {
    if (this.closing.signal.aborted) return notReady('the probe was closed');
    try {
      const who = await this.greet(AbortSignal.any([signal, this.closing.signal]));
      return who.kind === 'ours' ? this.healthOfOurs(who) : this.healthOfOriginal();
    } catch (error) {
      return notReady(messageOf(error));
    }
  }

  async scan(item: StagedItem, _context: ScanContext, signal: AbortSignal): Promise<ProbeReport> {
    const stop = AbortSignal.any([signal, this.closing.signal]);
    try {
      stop.throwIfAborted();
      const who = this.known ?? (await this.greet(stop));
      return await this.look(item, who, stop);
    } catch (error) {
      if (this.closing.signal.aborted) throw new ProbeError('PROBE_UNAVAILABLE', 'the probe was closed');
      if (error instanceof ProbeError) throw error;
      if (signal.aborted) throw new ProbeError('CANCELLED', 'the scan was cancelled', { cause: signal.reason });
      throw new ProbeError('PROBE_FAILED', messageOf(error), { cause: error });
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all(this.farewells);
    this.connection?.client.close();
  }

  private async look(item: StagedItem, who: Kind, signal: AbortSignal): Promise<ProbeReport> {
    const maxBytes = this.maxBytes(who);
    const engineVersion = who.kind === 'ours' ? who.health.engineVersion : ORIGINAL;
    const databaseVersion = who.kind === 'ours' ? who.health.databaseVersion : null;
    const unseen = (reason: 'limit_exceeded' | 'unsupported', detail: string): ProbeReport => ({
      statement: 'nothing_found',
      findings: [],
      coverage: { kind: 'incomplete', reason, detail },
      engineVersion,
      databaseVersion,
    });
    if (item.size > maxBytes) {
      const detail = `files of up to ${maxBytes} bytes are sent to the daemon and this one has ${item.size}`;
      return unseen('limit_exceeded', detail);
    }
    const type = item.type?.mime.split(';')[0]?.trim() ?? '';
    const mime = askedTypeSchema.safeParse(type).success ? type : UNKNOWN_TYPE;
    const { daemon } = this.connected();
    const commands = await daemon.posted(mime, who, signal);
    if (commands === null) return unseen('unsupported', `the daemon has no definition for ${mime}`);
    const uuid = randomUUID();
    const { sharedPath } = this.settings;
    const answers = who.kind === 'original' ? (this.settings.answers ?? null) : null;
    const share = sharedPath ?? null;
    if (share === null && who.kind === 'original') throw sharedPathMissing();
    const { sha256 } = item.hashes;
    const ours = who.kind === 'ours' ? ({ sha256, bytes: share === null ? 'uploaded' : 'shared' } as const) : {};
    try {
      const shared = share === null ? null : await shareFile(item, uuid, share);
      try {
        if (shared === null) await daemon.ask(() => uploadOf(item, uuid), signal);
        const name = shared?.name ?? nameOf(item.name).display.slice(0, 255);
        const json: ScanRequest = { ...commands, ...ours, name, mime, uuid };
        const reply = await daemon.ask(async () => ({ method: 'POST', path: '/scan', json }), signal);
        const asked = { probe: this.manifest.id, uuid, sha256, size: item.size, engineVersion };
        return reportOf(reply.body, { ...asked, answers });
      } finally {
        await shared?.remove();
      }
    } catch (error) {
      daemon.forgetDefinitions();
      this.sayFarewell(uuid);
      throw error;
    }
  }

  /** The daemon need not go on with what nobody waits for, nor keep its bytes. */
  private sayFarewell(uuid: string): void {
    const { client } = this.connected();
    const farewell = client
      .call({ method: 'DELETE', path: `/delete/${uuid}` }, AbortSignal.timeout(FORGET_MS))
      .then(
        () => undefined,
        () => undefined, // it forgets by itself
      )
      .finally(() => this.farewells.delete(farewell));
    this.farewells.add(farewell);
  }

  private maxBytes(who: Kind): number {
    const { maxBytes } = this.settings;
    return who.kind === 'ours' ? Math.min(maxBytes, who.health.maxBytes) : maxBytes;
  }

  private async greet(signal: AbortSignal): Promise<Kind> {
    this.known = null;
    this.known = await this.connected().daemon.greet(signal);
    return this.known;
  }

  private healthOfOurs(who: Extract<Kind, { kind: 'ours' }>): ProbeHealth {
    const { health } = who;
    if (health.state !== 'ready') return notReady(health.problem ?? 'the daemon is not ready', health.engineVersion);
    return this.ready(health.engineVersion, health.databaseVersion, this.maxBytes(who));
  }

  private healthOfOriginal(): ProbeHealth {
    const { commands, answers, sharedPath, maxBytes } = this.settings;
    if (commands === undefined || answers === undefined) return notReady(commandsMissing().message, ORIGINAL);
    if (sharedPath === undefined) return notReady(sharedPathMissing().message, ORIGINAL);
    return this.ready(ORIGINAL, null, maxBytes);
  }

  private ready(engineVersion: string, databaseVersion: string | null, maxBytes: number): ProbeHealth {
    const unknown = { problem: null, databaseDate: null, signatures: null, notes: notesOn(this.settings) };
    return { ...unknown, state: 'ready', engineVersion, databaseVersion, maxBytes };
  }

  /** Made when it is needed first: a token or certificate that is missing is a probe that is not ready, and no failed start. */
  private connected(): { readonly client: DaemonClient; readonly daemon: RemoteDaemon } {
    if (this.connection !== null) return this.connection;
    const { url, tokenEnv, tls } = this.settings;
    const token = tokenEnv === undefined ? null : (this.env[tokenEnv] ?? '');
    if (token === '') throw new ProbeError('PROBE_UNAVAILABLE', `the environment variable ${tokenEnv} holds no token`);
    const files = Object.entries({ ca: tls?.caFile, cert: tls?.certFile, key: tls?.keyFile });
    const texts = files.flatMap(([key, path]) => (path === undefined ? [] : [[key, readPem(path)] as const]));
    const client = new DaemonClient({ url, token, tls: Object.fromEntries(texts) });
    this.connection = { client, daemon: new RemoteDaemon(client, this.settings, this.closing.signal) };
    return this.connection;
  }
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ProbeError('PROBE_UNAVAILABLE', `${path} cannot be read (${errnoOf(error) ?? messageOf(error)})`);
  }
}

/** What a person should know about the way to the daemon. */
function notesOn({ url, tokenEnv }: RemoteProbeSettings): string[] {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' || tokenEnv === undefined || isLoopback(hostname.replace(/^\[(.*)\]$/, '$1'))) return [];
  return ['the token is sent to another machine without encryption (https would encrypt it)'];
}

function sharedPathMissing(): ProbeError {
  const message = 'an original daemon takes files from a shared folder only; write sharedPath for this probe';
  return new ProbeError('PROBE_UNAVAILABLE', message, { retryable: false });
}
