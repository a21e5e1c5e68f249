import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { escapeHidden } from '../../base/display-name';
import { errnoOf, messageOf } from '../../base/errors';
import type { FileHandle } from '../../base/files';
import { findProgram } from '../../base/find-program';
import { afterRunning } from '../../base/running-time';
import { type Bounds, boundedCommand } from '../bounded-command';
import type { FailureReason } from './detection';

/** How long what it wrote is still read after it and its group are gone. */
const LAST_WORDS_MS = 2000;
/** How long its end is waited for once it is killed: a program that runs as another user cannot be. */
const KILLED_MS = 5000;
const SHOWN_WORDS = 300;
/** What prlimit and setpriv say when they themselves fail, with an exit code that the program might use too. */
const WRAPPER_FAILED = /^(prlimit|setpriv): /;

export interface CommandPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly bounds: Bounds;
  /** Most that it may write to standard output and standard error together. */
  readonly outputBytes: number;
  readonly log: FileHandle;
  /** Takes out of what it says what its end must not tell (secrets, paths); the log has all of it. */
  readonly tellable: (said: string) => string;
}

export type CommandEnd =
  | { readonly kind: 'exited'; readonly code: number; readonly output: string; readonly said: string }
  | { readonly kind: 'failed'; readonly reason: FailureReason; readonly message: string };

/**
 * Runs one program without a shell, in a process group of its own, with nothing on its standard input. When it ends, or
 * writes too much, or `signal` aborts, the whole group is killed; where that is not permitted (it runs as another user) it
 * fails, and is not waited for. What it wrote goes to the log. Rejects with the signal's reason.
 */
export async function runCommand(
  command: readonly string[],
  place: CommandPlace,
  signal: AbortSignal,
): Promise<CommandEnd> {
  signal.throwIfAborted();
  const [name = '', ...args] = command;
  const program = findProgram(name.includes('/') ? resolve(place.cwd, name) : name, place.env.PATH ?? '');
  if (program === null) return missing(`the program ${shown(place.tellable(name))} is not installed`);
  const running = new RunningCommand([program, ...args], place);
  const kill = () => running.kill();
  signal.addEventListener('abort', kill, { once: true });
  try {
    const end = await running.ended;
    await place.log.writeFile(running.everything());
    signal.throwIfAborted();
    return end;
  } finally {
    signal.removeEventListener('abort', kill);
  }
}

const missing = (message: string): CommandEnd => ({ kind: 'failed', reason: 'missing', message });

class RunningCommand {
  /** When the program and its group are gone, and what they wrote was read. */
  readonly ended: Promise<CommandEnd>;
  private readonly child: ChildProcess;
  private readonly most: number;
  private readonly tellable: (said: string) => string;
  private readonly pieces: Buffer[] = [];
  private readonly stdout: Buffer[] = [];
  private readonly stderr: Buffer[] = [];
  private bytes = 0;
  private failure: string | null = null;
  /** Nobody who is left in the group may be killed. */
  private refused = false;
  private giveUp: () => void = () => undefined;
  private stopWaiting: (() => void) | null = null;

  constructor(command: readonly string[], { cwd, env, bounds, outputBytes, tellable }: CommandPlace) {
    this.most = outputBytes;
    this.tellable = tellable;
    const [program = '', ...args] = boundedCommand(command, bounds);
    // detached: it leads a process group (and session) of its own, so that all that it starts can be ended with it
    this.child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.on('data', (piece: Buffer) => this.take(piece, this.stdout));
    this.child.stderr?.on('data', (piece: Buffer) => this.take(piece, this.stderr));
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => {
        this.failure ??= `it cannot be started (${errnoOf(error) ?? messageOf(error)})`;
        if (this.child.pid === undefined) resolve(missing(this.failure));
      });
      let lastWords: NodeJS.Timeout | undefined;
      this.child.once('exit', () => {
        this.kill(); // what it left in the background
        lastWords = setTimeout(() => this.stopReading(), LAST_WORDS_MS);
      });
      const end = (code: number | null, by: NodeJS.Signals | null) => {
        clearTimeout(lastWords);
        this.stopWaiting?.();
        resolve(this.end(code, by));
      };
      this.child.once('close', end);
      this.giveUp = () => {
        this.refused = true;
        this.stopReading();
        this.child.unref();
        end(null, null);
      };
    });
  }

  /** Ends its whole process group now. Never throws: it is called by events. */
  kill(): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    this.stopWaiting ??= afterRunning(KILLED_MS, this.giveUp);
    try {
      process.kill(-pid, 'SIGKILL');
    } catch (error) {
      this.refused = errnoOf(error) !== 'ESRCH'; // nobody is left in it
    }
  }

  /** All that it wrote, in the order in which it came. */
  everything(): Buffer {
    return Buffer.concat(this.pieces);
  }

  private take(piece: Buffer, to: Buffer[]): void {
    const room = this.most - this.bytes;
    this.bytes += piece.length;
    const kept = piece.subarray(0, Math.max(0, room));
    to.push(kept);
    this.pieces.push(kept);
    if (this.bytes > this.most) this.kill();
  }

  private stopReading(): void {
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
  }

  private end(code: number | null, by: NodeJS.Signals | null): CommandEnd {
    const said = lastWords(this.tellable(Buffer.concat(this.stderr).toString('utf8')));
    if (this.refused) {
      return { kind: 'failed', reason: 'left', message: 'it left processes that may not be ended' };
    }
    if (this.bytes > this.most) {
      return { kind: 'failed', reason: 'limit', message: `it wrote more than ${this.most} bytes of output` };
    }
    if (by !== null) return { kind: 'failed', ...signalled(by) };
    if (WRAPPER_FAILED.test(said)) return missing(said);
    return { kind: 'exited', code: code ?? -1, output: Buffer.concat(this.stdout).toString('utf8'), said };
  }
}

function signalled(by: NodeJS.Signals): { reason: FailureReason; message: string } {
  if (by === 'SIGXFSZ') return { reason: 'limit', message: 'it wrote a file that is larger than it may be' };
  if (by === 'SIGKILL' || by === 'SIGXCPU') {
    return { reason: 'limit', message: `it used more memory or processor time than it may (signal ${by})` };
  }
  return { reason: 'exit', message: `signal ${by}` };
}

/** The end of what it said, on one line, with nothing hidden. */
function lastWords(said: string): string {
  const line = said.trim().replaceAll(/\s*\n\s*/g, '; ');
  return shown(line.slice(-SHOWN_WORDS));
}

const shown = (text: string) => escapeHidden(text.slice(0, SHOWN_WORDS));
