import type { Socket } from 'node:net';
import type { ProbeError } from '../../base/errors';
import { badReply, quoted } from './answer';
import { connect } from './connect';
import { Frames } from './frames';
import { PacedInput } from './paced-input';
import type { Target } from './target';

/**
 * Why a session ended. `expired`: clamd's ReadTimeout, nobody's fault. `confused`: it said what cannot be an answer.
 * `lost`: the connection is gone; whatever was being scanned may have killed clamd.
 */
export type SessionEnd =
  | { readonly kind: 'expired' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'confused'; readonly error: ProbeError };

export interface SessionListener {
  /** A reply to the command with this id; throws to end the session as confused. */
  reply(id: number, text: string): void;
  end(end: SessionEnd): void;
}

/** Sent by clamd without a NUL before it closes a session that it heard nothing from for ReadTimeout seconds. */
const EXPIRED = 'COMMAND READ TIMED OUT';

/** One connection in an IDSESSION: commands are numbered from 1, and replies `<id>: <text>` come in any order. */
export class Session {
  private readonly socket: Socket;
  private readonly listener: SessionListener;
  private readonly frames = new Frames();
  private unsent = 'zIDSESSION\0';
  private lastId = 0;
  private over = false;

  private constructor(socket: Socket, input: PacedInput, listener: SessionListener) {
    this.socket = socket;
    this.listener = listener;
    input.begin(socket, (chunk) => this.receive(chunk));
    socket.on('error', () => {
      // close follows, and tells
    });
    socket.on('close', () => this.finish(this.frames.unfinished));
  }

  /** Rejects as `connect` does. */
  static async open(target: Target, signal: AbortSignal, listener: SessionListener): Promise<Session> {
    const input = new PacedInput();
    return new Session(await connect(target, signal, input.options), input, listener);
  }

  /** Commands of one turn of the event loop leave in one write. Returns the command's id. */
  send(command: string): number {
    if (this.unsent === '' || this.lastId === 0) setImmediate(() => this.flush());
    this.lastId += 1;
    this.unsent += `z${command}\0`;
    return this.lastId;
  }

  /** Ends the connection without telling the listener. */
  destroy(): void {
    this.over = true;
    this.socket.destroy();
  }

  private flush(): void {
    if (this.over || this.unsent === '') return;
    this.socket.write(this.unsent);
    this.unsent = '';
  }

  private receive(chunk: Buffer): void {
    if (this.over) return;
    const replies = this.frames.push(chunk);
    if (replies === null) {
      this.end({ kind: 'confused', error: badReply('more than a reply can be') });
      return;
    }
    const expiry = replies.findIndex((reply) => reply.startsWith(EXPIRED));
    const heard = expiry === -1 ? replies : replies.slice(0, expiry);
    const read = heard.map((reply) => this.read(reply));
    const bad = heard.find((_, index) => read[index] === null);
    const ids = new Set(read.map((each) => each?.id));
    // who says nonsense, or two things about one file, is not believed what else it says in the same breath
    if (bad !== undefined) this.confuse(badReply(quoted(bad)));
    else if (ids.size < read.length) this.confuse(badReply('more than once'));
    for (const each of read) if (each !== null && !this.over) this.listener.reply(each.id, each.text);
    if (expiry !== -1) this.end({ kind: 'expired' });
  }

  /** Null when it is no reply to a command that was sent. */
  private read(reply: string): { readonly id: number; readonly text: string } | null {
    const colon = reply.indexOf(': ');
    const number = reply.slice(0, colon);
    const id = colon > 0 && /^[1-9]\d{0,14}$/.test(number) ? Number(number) : Number.NaN;
    return id <= this.lastId ? { id, text: reply.slice(colon + 2) } : null;
  }

  /** For the listener: what was said cannot be an answer. */
  confuse(error: ProbeError): void {
    this.end({ kind: 'confused', error });
  }

  private finish(unfinished: string): void {
    if (unfinished === '') this.end({ kind: 'lost' });
    else if (unfinished.startsWith(EXPIRED)) this.end({ kind: 'expired' });
    else this.end({ kind: 'confused', error: badReply(`${quoted(unfinished)} and closed`) });
  }

  private end(end: SessionEnd): void {
    if (this.over) return;
    this.destroy();
    this.listener.end(end);
  }
}
