import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { entryPath } from '../../base/entries';
import { messageOf } from '../../base/errors';

const STDERR_TAIL = 2000;
/** Characters; thousands of findings fit into it. */
const MOST_LINE = 64 * 1024 ** 2;
/** What a child may know of the engine's environment: no credentials. */
const PASSED_ON = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot', 'TEMP', 'TMP', 'DROPGATE_YARA_ENGINE'];

export interface ProcessEvents {
  /** Whole lines, in order, as many as came together. */
  onLines(lines: readonly string[]): void;
  /** Once, after the last line: the process is gone. `reason` in words: "signal SIGKILL", "exit code 1: ..." */
  onEnd(reason: string): void;
}

/** One child program, spoken to in lines. Knows nothing of what the lines mean. */
export class YaraProcess {
  readonly pid: number | undefined;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly decoder = new StringDecoder('utf8');
  private unfinished = '';
  private stderr = '';
  private failure: string | null = null;

  constructor(events: ProcessEvents) {
    const env = Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]]));
    this.child = spawn(process.execPath, [entryPath('yara-child')], { stdio: ['pipe', 'pipe', 'pipe'], env });
    this.pid = this.child.pid;
    this.child.stdout.on('data', (chunk: Buffer) => this.split(chunk, events));
    this.child.stderr.on('data', (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString('utf8')).slice(-STDERR_TAIL);
    });
    // A write to a child that has just died: its end is reported by `close`.
    this.child.stdin.on('error', (error) => this.note(error));
    this.child.on('error', (error) => this.note(error));
    this.child.once('close', (code, signal) => events.onEnd(this.reason(code, signal)));
  }

  write(text: string): void {
    this.child.stdin.write(text);
  }

  /** The child finishes what it was given and ends. */
  finish(): void {
    this.child.stdin.end();
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private split(chunk: Buffer, events: ProcessEvents): void {
    const lines = (this.unfinished + this.decoder.write(chunk)).split('\n');
    this.unfinished = lines.pop() ?? '';
    if (this.unfinished.length > MOST_LINE) {
      this.note(new Error('it sent a line without an end'));
      this.unfinished = '';
      this.kill();
    }
    if (lines.length > 0) events.onLines(lines);
  }

  private note(error: unknown): void {
    this.failure ??= messageOf(error);
  }

  private reason(code: number | null, signal: string | null): string {
    const ending = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
    const words = this.stderr.trim().split('\n').at(-1) || (code === null && signal === null ? this.failure : null);
    return words === null || words === '' ? ending : `${ending}: ${words}`;
  }
}
