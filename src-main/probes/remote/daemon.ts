import { backoffMs } from '../../base/backoff';
import { sleep } from '../../base/clock';
import { ProbeError } from '../../base/errors';
import {
  type DaemonHealth,
  type DefinitionAnswer,
  daemonHealthSchema,
  definitionAnswerSchema,
} from '../../contract/detection-api';
import type { RemoteProbeSettings } from '../../contract/settings-remote';
import { whileWanted, withDeadline } from '../deadline';
import { badReply, type Call, type DaemonClient, type Reply } from './client';

/** Which kind of daemon listens there. */
export type Kind = { readonly kind: 'ours'; readonly health: DaemonHealth } | { readonly kind: 'original' };

type Posted = Omit<DefinitionAnswer, 'mime'>;

const MOST_PAUSE_S = 30;
/** Refusals of the request's form. After others a new one may be taken: with newer definitions, another id, bytes sent anew. */
const HOPELESS = [400, 405, 411, 415];

/** What a daemon is asked, and what its refusals mean. */
export class RemoteDaemon {
  private readonly client: DaemonClient;
  private readonly settings: RemoteProbeSettings;
  /** Definitions of the daemon by type, as long as it says that they are the same; null: it has none. */
  private readonly definitions = new Map<string, Promise<Posted | null>>();
  private definitionsOf: string | null = null;
  private readonly closing: AbortSignal;

  /** `closing`: aborts when nothing is asked any more. */
  constructor(client: DaemonClient, settings: RemoteProbeSettings, closing: AbortSignal) {
    this.client = client;
    this.settings = settings;
    this.closing = closing;
  }

  /** Who answers there. Rejects with a ProbeError that says what to do. */
  async greet(signal: AbortSignal): Promise<Kind> {
    const reply = await this.client.call({ method: 'GET', path: '/health' }, signal);
    const health = daemonHealthSchema.safeParse(reply.body);
    if (reply.status === 200 && health.success) return { kind: 'ours', health: health.data };
    if (reply.status !== 404) throw this.refused(reply);
    const list = await this.client.call({ method: 'GET', path: '/list' }, signal);
    if (list.status !== 200) throw this.refused(list);
    if (!Array.isArray(list.body)) throw badReply('no detection daemon listens there');
    return { kind: 'original' };
  }

  /** Asks, and asks again while the daemon has no room, until `signal` aborts. Resolves with 2xx, and 404 for `GET`. */
  async ask(call: () => Promise<Call>, signal: AbortSignal): Promise<Reply> {
    for (let attempt = 1; ; attempt += 1) {
      const asked = await call();
      const reply = await this.client.call(asked, signal).finally(() => asked.bytes?.stream.destroy());
      if (reply.status >= 200 && reply.status < 300) return reply;
      if (reply.status === 404 && asked.method === 'GET') return reply;
      if (reply.status !== 503) throw this.refused(reply);
      const pause = Math.min(reply.retryAfter ?? 1, MOST_PAUSE_S) * 1000;
      await sleep(Math.max(pause, backoffMs(attempt, 200, 2000)), signal);
    }
  }

  /** What is posted for a file of that type; null: the daemon is not made for it. */
  async posted(mime: string, who: Kind, signal: AbortSignal): Promise<Posted | null> {
    const { commands } = this.settings;
    if (commands !== undefined) return { inited: false, ...commands, shared: commands.shared ?? mime };
    if (who.kind === 'original') throw commandsMissing();
    const { engineVersion, databaseVersion } = who.health;
    const version = JSON.stringify([engineVersion, databaseVersion]);
    if (version !== this.definitionsOf) this.definitions.clear();
    this.definitionsOf = version;
    return whileWanted(this.definitions.get(mime) ?? this.newDefinition(mime), signal);
  }

  /** Asked for all scans that want it, so none of them ends it. */
  private newDefinition(mime: string): Promise<Posted | null> {
    const who = `the daemon at ${this.client.place}`;
    const ms = this.settings.timeoutSeconds * 1000;
    const asked = withDeadline(who, ms, this.closing, (signal) => this.fetchDefinition(mime, signal));
    this.definitions.set(mime, asked);
    asked.catch(() => {
      if (this.definitions.get(mime) === asked) this.definitions.delete(mime);
    });
    return asked;
  }

  /** Definitions are asked for again: the daemon did not know what it was sent. */
  forgetDefinitions(): void {
    this.definitions.clear();
  }

  private async fetchDefinition(mime: string, signal: AbortSignal): Promise<Posted | null> {
    const path = `/definition?mime=${encodeURIComponent(mime)}`;
    const reply = await this.ask(async () => ({ method: 'GET', path }), signal);
    if (reply.status === 404) return null;
    const parsed = definitionAnswerSchema.safeParse(reply.body);
    if (!parsed.success) throw badReply('it lacks what the API promises', parsed.error);
    const { mime: _mime, ...posted } = parsed.data;
    return posted;
  }

  private refused({ status, words }: Reply): ProbeError {
    const { place } = this.client;
    const { tokenEnv } = this.settings;
    const told = words === '' ? `HTTP ${status}` : words;
    if (status === 401) {
      const next = tokenEnv === undefined ? 'write tokenEnv for this probe' : `put its token into ${tokenEnv}`;
      return new ProbeError('PROBE_UNAVAILABLE', `the daemon at ${place} wants another token; ${next}`);
    }
    if (status === 413) return new ProbeError('PROBE_LIMIT', `the file is too large for the daemon at ${place}`);
    const code = status >= 500 ? 'PROBE_UNAVAILABLE' : 'PROBE_FAILED';
    return new ProbeError(code, `the daemon at ${place} refused: ${told}`, {
      retryable: !HOPELESS.includes(status),
    });
  }
}

export function commandsMissing(): ProbeError {
  const message = 'an original daemon listens there; write commands and answers for this probe';
  return new ProbeError('PROBE_UNAVAILABLE', message, { retryable: false });
}
