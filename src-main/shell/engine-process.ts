import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';

/** How an engine is started. */
export interface EngineCommand {
  /** The Node 24 that runs it. */
  readonly node: string;
  readonly cli: string;
  /** Common options: --config, --data-dir. */
  readonly options: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Where relative paths of the options start. */
  readonly cwd: string;
  /** What the engine logs. */
  readonly log: (text: string) => void;
}

/** An engine that listens: our own process, or one that was there already. */
export type Began =
  | { readonly kind: 'own'; readonly pid: number; readonly socket: string }
  | { readonly kind: 'joined'; readonly pid: number; readonly socket: string }
  /** It ended, or never was. `hopeless`: it said itself why it cannot start. */
  | { readonly kind: 'failed'; readonly problem: string; readonly hopeless: boolean };

const beganSchema = z.object({ event: z.enum(['started', 'joined']), pid: z.number(), socket: z.string() });

/** The last words of an engine that are kept, to say why it ended. */
const MOST_LAST_WORDS = 8_192;
/** Exit code of a command that failed and has said why. */
const EXIT_FAILED = 2;
/** As scripts/runtime.mjs runs the command, for the reasons given there. */
const NODE_OPTIONS = [
  '--min-semi-space-size=16',
  '--max-semi-space-size=16',
  '--single-threaded-gc',
  '--heap-growing-percent=10',
];
const NODE_ENVIRONMENT = { MALLOC_ARENA_MAX: '1' };

/**
 * One process of `dropgate run`. It drains when its standard input ends, so it never outlives the shell, however that
 * ends; and that is how it is told to end on every system (Windows knows no SIGTERM).
 */
export class EngineProcess {
  /** How it began. Never rejects. */
  readonly began: Promise<Began>;
  /** Why it ended; resolves once, and never rejects. */
  readonly ended: Promise<string>;
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private lastWords = '';
  private running = true;

  constructor(command: EngineCommand) {
    const args = ['run', '--ndjson', '--or-join', '--until-input-ends', '--quiet', ...command.options];
    this.child = spawn(command.node, [...NODE_OPTIONS, command.cli, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...NODE_ENVIRONMENT, ...command.env },
      cwd: command.cwd,
      windowsHide: true,
    });
    this.child.stdin.on('error', () => this.child.kill()); // it closed its input: it is ending
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.lastWords = (this.lastWords + text).slice(-MOST_LAST_WORDS);
      command.log(text);
    });
    this.ended = new Promise((resolve) => {
      const end = (problem: string) => {
        this.running = false;
        resolve(problem);
      };
      this.child.on('error', (error) => end(`the engine could not be started: ${error.message}`));
      this.child.on('close', (code, signal) => end(this.words() ?? endedBy(code, signal)));
    });
    this.began = this.begin();
  }

  /** Lets it drain; after `graceMs` it is killed: what is in work is durable, and goes on with the next start. */
  async stop(graceMs: number): Promise<void> {
    if (!this.running) return;
    this.child.stdin.end();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), graceMs);
    await this.ended;
    clearTimeout(timer);
  }

  private begin(): Promise<Began> {
    return new Promise((resolve) => {
      createInterface({ input: this.child.stdout }).on('line', (line) => {
        const told = beganSchema.safeParse(parseJson(line));
        if (!told.success) return; // events about files: the pulse says what the window needs
        const { event, pid, socket } = told.data;
        resolve({ kind: event === 'started' ? 'own' : 'joined', pid, socket });
      });
      void this.ended.then((problem) => {
        const hopeless = this.child.exitCode === EXIT_FAILED && this.words() !== null;
        resolve({ kind: 'failed', problem, hopeless });
      });
    });
  }

  /** What it said for a person before it ended; its log lines are not meant. */
  private words(): string | null {
    const lines = this.lastWords.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('{'));
    const first = lines.findLastIndex((line) => line.startsWith('dropgate: '));
    return first < 0 ? null : lines.slice(first).join('\n').slice('dropgate: '.length);
  }
}

function endedBy(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `the engine ended with ${code}` : `the engine was ended by ${signal}`;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // no event of the engine: some library wrote to standard output
  }
}
