import { createConnection, type OnReadOpts, type Socket } from 'node:net';
import { errnoOf, messageOf, ProbeError } from '../../base/errors';
import { type Target, targetName } from './target';

const CONNECT_TIMEOUT_MS = 5000;

const CAUSES: Readonly<Record<string, string>> = {
  ENOENT: 'the socket does not exist; start clamd (systemctl start clamav-daemon) or correct probes.clamav.socket',
  ECONNREFUSED: 'nobody listens there; start clamd (systemctl start clamav-daemon) and look at its log',
  EACCES: "permission denied; let this program's user into clamd's group, or set LocalSocketMode 666 in clamd.conf",
  EPERM: "permission denied; let this program's user into clamd's group, or set LocalSocketMode 666 in clamd.conf",
  ENOTSOCK: 'this is no socket; correct probes.clamav.socket',
  ENOTFOUND: 'no such host; correct probes.clamav.host',
  EAI_AGAIN: 'the host name cannot be resolved now; correct probes.clamav.host or check the network',
  EHOSTUNREACH: 'the host cannot be reached; check probes.clamav.host and the network',
  ENETUNREACH: 'the network cannot be reached; check probes.clamav.host and the network',
  ETIMEDOUT: 'no answer; check probes.clamav.host, probes.clamav.port and the firewall',
};

/** PROBE_UNAVAILABLE that names the place, the cause and the next step. */
export function unavailable(target: Target, error: unknown): ProbeError {
  const code = errnoOf(error) ?? '';
  const cause = CAUSES[code] ?? `${messageOf(error)}; start clamd and look at its log`;
  return new ProbeError('PROBE_UNAVAILABLE', `clamd at ${targetName(target)} cannot be reached: ${cause}`, {
    cause: error,
  });
}

function open(target: Target, onread: OnReadOpts | undefined): Socket {
  const reading = onread === undefined ? {} : { onread };
  return target.kind === 'unix'
    ? createConnection({ path: target.path, ...reading })
    : createConnection({ host: target.host, port: target.port, noDelay: true, ...reading });
}

/**
 * A connection to clamd; the caller listens for its `error` at once. Rejects with PROBE_UNAVAILABLE, or with the
 * signal's reason. `onread`: what gets the bytes that come, instead of listeners of the socket.
 */
export function connect(target: Target, signal: AbortSignal, onread?: OnReadOpts): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = open(target, onread);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.off('error', fail);
      act();
    };
    const giveUp = (reason: unknown) =>
      settle(() => {
        socket.on('error', () => {
          // given up already: the reason is with the caller
        });
        socket.destroy();
        reject(reason);
      });
    const fail = (error: unknown) => giveUp(unavailable(target, error));
    const abort = () => giveUp(signal.reason);
    const late = Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });
    const timer = setTimeout(() => fail(late), CONNECT_TIMEOUT_MS);
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', fail);
    socket.once('connect', () => settle(() => resolve(socket)));
  });
}
