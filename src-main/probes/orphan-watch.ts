import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const CHECK_MS = 2000;

/** Runs in the small thread. `process.ppid` changes when the parent dies (POSIX); on Windows it must be asked for a sign of life. */
const PROGRAM = `
  const { workerData: parent } = require('node:worker_threads');
  const isAlive = () => {
    if (process.ppid !== parent) return false;
    try { process.kill(parent, 0); return true; } catch (error) { return error.code === 'EPERM'; }
  };
  setInterval(() => { if (!isAlive()) process.kill(process.pid, 'SIGKILL'); }, ${CHECK_MS});
`;

/**
 * Ends this process when its parent is gone. A scan blocks the main thread, so the end of standard input would go
 * unseen for as long as a rule runs; a small thread looks instead. Resolves once it runs: it could not start any more
 * when the main thread is blocked.
 */
export async function endWithParent(): Promise<void> {
  const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 };
  const watcher = new Worker(PROGRAM, { eval: true, workerData: process.ppid, resourceLimits });
  await once(watcher, 'online');
  watcher.unref();
}
