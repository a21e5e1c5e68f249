import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { readFileSync } from '../../base/files';
import { type Bounds, boundedCommand } from '../bounded-command';

const STDERR_TAIL = 4000;
/** What such a process may know of the engine's environment: no credentials. */
const PASSED_ON = ['PATH', 'TZ', 'SystemRoot', 'TEMP', 'TMP'];

export interface Ended {
  /** Exit code; null when a signal ended it or it never ran. */
  readonly code: number | null;
  /** In words: "exit code 2", "signal SIGKILL", "it cannot be started (ENOENT)". */
  readonly reason: string;
  /** False: it could not be started at all. */
  readonly ran: boolean;
  /** The system ended it, which it does with a process that takes more time or memory than it may. */
  readonly endedBySystem: boolean;
  /** The end of what it wrote to standard error. */
  readonly stderr: string;
}

/**
 * A process that looks at hostile bytes: it gets `input` and nothing more on its standard input (null: what `send` gives,
 * until it is killed), may write no file, dump no core and outlive nobody, and is killed when `signal` aborts. No bound on the number of processes: the system
 * counts all threads of the user there, and none of these programs starts others.
 */
export class ConfinedProcess {
  readonly output: Readable;
  /** Once, when it is gone and its output was read or given up. Never rejects. */
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcessWithoutNullStreams;
  private failure: string | null = null;
  private endedHere = false;
  private stderr = '';

  constructor(command: readonly string[], bounds: Bounds, input: string | null, signal: AbortSignal) {
    const [program = '', ...args] = boundedCommand(command, bounds);
    const kept = PASSED_ON.map((name) => [name, process.env[name]]);
    const env = { ...Object.fromEntries(kept), LC_ALL: 'C.UTF-8' };
    this.child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env, windowsHide: true });
    this.output = this.child.stdout;
    this.child.stderr.on('data', (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString('utf8')).slice(-STDERR_TAIL);
    });
    this.child.stdin.on('error', () => undefined); // it did not want its input: how it ends says the rest
    if (input !== null) this.child.stdin.end(input);
    this.child.on('error', (error: NodeJS.ErrnoException) => {
      this.failure ??= `it cannot be started (${error.code ?? error.message})`;
    });
    const kill = () => this.kill();
    if (signal.aborted) kill();
    else signal.addEventListener('abort', kill, { once: true });
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, killedBy) => {
        signal.removeEventListener('abort', kill);
        resolve(this.end(code, killedBy));
      });
    });
  }

  /** Writes to its standard input. What it does not take is lost: how it ends says the rest. */
  send(text: string): void {
    this.child.stdin.write(text);
  }

  /** Ends it now, whatever it does. What it still had to say is not read. */
  kill(): void {
    this.endedHere = true;
    this.child.kill('SIGKILL');
    this.child.stdout.destroy();
  }

  /** What it has read so far from anywhere, ahead of its output too. Null where the system does not tell, or it is gone. */
  bytesRead(): number | null {
    try {
      const counts = readFileSync(`/proc/${this.child.pid}/io`, 'latin1');
      const read = /^rchar: (\d+)$/m.exec(counts)?.[1];
      return read === undefined ? null : Number(read);
    } catch {
      return null; // no such file: not Linux, or a system that keeps it to itself
    }
  }

  private end(code: number | null, killedBy: string | null): Ended {
    const { failure, stderr } = this;
    if (failure !== null) return { code: null, reason: failure, ran: false, endedBySystem: false, stderr };
    const reason = killedBy === null ? `exit code ${code ?? 'unknown'}` : `signal ${killedBy}`;
    const endedBySystem = !this.endedHere && (killedBy === 'SIGKILL' || killedBy === 'SIGXCPU');
    return { code, reason, ran: true, endedBySystem, stderr };
  }
}
