import { createInterface } from 'node:readline';
import { startCli } from './cli';

/** Starts `dropgate worker --ndjson`; the first event tells its address. */
export async function startWorker(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const worker = startCli(['worker', '--ndjson', ...args], env);
  if (worker.stdout === null) throw new Error('the worker has no output');
  const lines = createInterface({ input: worker.stdout });
  const first = await Promise.race([
    new Promise<string>((resolve) => lines.once('line', resolve)),
    worker.ended.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ]);
  const { daemon } = JSON.parse(first) as { daemon: string };
  return { worker, url: `http://${daemon}` };
}
