import { createConnection, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { errnoOf, messageOf, ProbeError } from '../../base/errors';
import { readFile } from '../../base/files';
import { abortError, throwIfAborted } from '../deadline';
import type { Target } from './target';

const CONNECT_TIMEOUT_MS = 5000;

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there; start the ICAP server and look at its log',
  ENOTFOUND: "no such host; correct the probe's url",
  EAI_AGAIN: "the host name cannot be resolved now; correct the probe's url or check the network",
  EHOSTUNREACH: "the host cannot be reached; check the probe's url and the network",
  ENETUNREACH: "the network cannot be reached; check the probe's url and the network",
  ETIMEDOUT: "no answer; check the probe's url and the firewall",
};

/** PROBE_UNAVAILABLE that names the place, the cause and the next step. */
function unavailable({ authority }: Target, error: unknown): ProbeError {
  const cause = CAUSES[errnoOf(error) ?? ''] ?? messageOf(error);
  return new ProbeError('PROBE_UNAVAILABLE', `the ICAP server at ${authority} cannot be reached: ${cause}`, {
    cause: error,
  });
}

async function open(target: Target): Promise<Socket> {
  const { host, port } = target;
  if (!target.tls) return createConnection({ host, port, noDelay: true });
  const ca = target.caFile === undefined ? {} : { ca: await readFile(target.caFile) };
  const name = isIP(host) === 0 ? { servername: host } : {};
  return connectTls({ host, port, ...name, ...ca }).setNoDelay(true);
}

/**
 * A connection to the server, its certificate checked where it speaks TLS. Rejects with PROBE_UNAVAILABLE, or as the
 * signal says.
 */
export async function connect(target: Target, signal: AbortSignal): Promise<Socket> {
  throwIfAborted(signal);
  let socket: Socket;
  try {
    socket = await open(target);
  } catch (error) {
    throw unavailable(target, error);
  }
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      act();
    };
    const giveUp = (reason: ProbeError) =>
      settle(() => {
        socket.destroy();
        reject(reason);
      });
    const abort = () => giveUp(abortError(signal));
    const late = Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });
    const timer = setTimeout(() => giveUp(unavailable(target, late)), CONNECT_TIMEOUT_MS);
    signal.addEventListener('abort', abort, { once: true });
    // stays: an error after this is followed by close, which whoever has the connection then hears
    socket.on('error', (error) => giveUp(unavailable(target, error)));
    socket.once(target.tls ? 'secureConnect' : 'connect', () => settle(() => resolve(socket)));
    if (signal.aborted) abort();
  });
}
