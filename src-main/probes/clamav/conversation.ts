import type { Socket } from 'node:net';
import { ProbeError } from '../../base/errors';
import { throwIfAborted } from '../deadline';
import { badReply, quoted } from './answer';
import { connect } from './connect';
import { Frames } from './frames';
import { type Target, targetName } from './target';

/** One connection for one question and one reply. Ends with its signal. */
export class Conversation {
  /** The one whole reply. Rejects when the connection ends without one, or says more than that. */
  readonly reply: Promise<string>;
  private readonly socket: Socket;
  private wake: (() => void) | null = null;
  private ended = false;
  private problem: Error | null = null;

  private constructor(socket: Socket, target: Target, signal: AbortSignal) {
    this.socket = socket;
    this.reply = new Promise((resolve, reject) => {
      const frames = new Frames();
      const settle = (act: () => void) => {
        if (this.ended) return;
        this.ended = true;
        signal.removeEventListener('abort', abort);
        act();
        this.wake?.();
      };
      const abort = () => {
        settle(() => reject(signal.reason));
        socket.destroy();
      };
      signal.addEventListener('abort', abort, { once: true });
      socket.on('data', (chunk: Buffer) => {
        const replies = frames.push(chunk);
        if (replies === null) settle(() => reject(badReply('more than a reply can be')));
        else if (replies.length > 1 || (replies.length === 1 && frames.unfinished !== ''))
          settle(() => reject(badReply('more than once')));
        else if (replies[0] !== undefined) settle(() => resolve(replies[0] ?? ''));
      });
      // an error is followed by close, and what arrived before it still counts
      socket.on('drain', () => this.wake?.());
      socket.on('error', (error) => (this.problem = error));
      socket.on('close', () => settle(() => reject(this.lost(target, frames.unfinished))));
      if (signal.aborted) abort();
    });
    this.reply.catch(() => {
      // told to whoever awaits it; nobody may be there yet
    });
  }

  static async open(target: Target, signal: AbortSignal): Promise<Conversation> {
    throwIfAborted(signal);
    return new Conversation(await connect(target, signal), target, signal);
  }

  /** Writes, and waits while clamd does not take more. False when it has answered or gone already: see `reply`. */
  async send(...parts: readonly Buffer[]): Promise<boolean> {
    if (this.ended) return false;
    this.socket.cork();
    let isFree = true;
    for (const part of parts) isFree = this.socket.write(part);
    this.socket.uncork();
    if (!isFree && this.socket.writableNeedDrain) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return !this.ended;
  }

  close(): void {
    this.socket.destroy();
  }

  private lost(target: Target, unfinished: string): ProbeError {
    if (unfinished !== '') return badReply(`${quoted(unfinished)} and closed`);
    const message = `clamd at ${targetName(target)} closed the connection without an answer`;
    return new ProbeError('PROBE_DIED', message, { cause: this.problem });
  }
}

/** Asks one command that is answered with one reply, as text. Rejects with PROBE_UNAVAILABLE, PROBE_DIED, PROBE_BAD_REPLY. */
export async function ask(target: Target, command: string, signal: AbortSignal): Promise<string> {
  const conversation = await Conversation.open(target, signal);
  try {
    await conversation.send(Buffer.from(`z${command}\0`));
    return await conversation.reply;
  } finally {
    conversation.close();
  }
}
