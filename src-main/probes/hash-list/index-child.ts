import { type ChildProcess, fork, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { entryPath } from '../../base/entries';
import { messageOf } from '../../base/errors';
import { type IndexAnswer, type IndexTask, indexMessageSchema } from './index-task';

/**
 * Runs index tasks, one child process each: long lists neither hold up the engine nor stay in its memory (a thread's
 * buffers do: 175 MiB of 5 million hashes were still there after it had ended).
 */
export class IndexChildren {
  private readonly running = new Set<ChildProcess>();
  private closed = false;

  /** Never rejects: a child that dies without an answer is `failed`. */
  async run(task: IndexTask, onProgress: (bytes: number, ofBytes: number) => void): Promise<IndexAnswer> {
    if (this.closed) return { kind: 'failed', message: 'the probe was closed' };
    try {
      const stdio: StdioOptions = ['ignore', 'ignore', 'ignore', 'ipc'];
      return await this.follow(fork(entryPath('hash-index-child'), { execArgv: [], stdio }), task, onProgress);
    } catch (error) {
      return { kind: 'failed', message: `the index process failed: ${messageOf(error)}` };
    }
  }

  /** Ends the children; what they had half made is unnamed or gets swept. */
  close(): void {
    this.closed = true;
    for (const child of this.running) child.kill('SIGKILL');
  }

  private async follow(
    child: ChildProcess,
    task: IndexTask,
    onProgress: (bytes: number, ofBytes: number) => void,
  ): Promise<IndexAnswer> {
    this.running.add(child);
    try {
      return await converse(child, task, onProgress);
    } finally {
      this.running.delete(child);
    }
  }
}

/** Resolves when the child has ended and all that it said was heard. Rejects when it could not be started. */
async function converse(
  child: ChildProcess,
  task: IndexTask,
  onProgress: (bytes: number, ofBytes: number) => void,
): Promise<IndexAnswer> {
  let answer: IndexAnswer | null = null;
  child.on('message', (message: unknown) => {
    const parsed = indexMessageSchema.safeParse(message);
    if (!parsed.success) answer = { kind: 'failed', message: 'the index process said something unknown' };
    else if (parsed.data.kind === 'progress') onProgress(parsed.data.bytes, parsed.data.ofBytes);
    else answer = parsed.data.answer;
  });
  const ended = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  child.send(task, (error) => {
    // a child that is gone already says so by its end
    if (error !== null) child.kill('SIGKILL');
  });
  const [[code, signal]] = await ended;
  return answer ?? { kind: 'failed', message: `the index process ended without an answer (${signal ?? code})` };
}
