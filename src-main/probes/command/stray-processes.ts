import { setImmediate } from 'node:timers/promises';
import { readdirSync, readFileSync } from '../../base/files';

/** Passes over all processes: one that starts others while it is looked for is met again. */
const MOST_PASSES = 20;
/** Processes looked at before others get their turn. */
const AT_A_TIME = 64;

/**
 * Ends every process whose environment says DROPGATE_RUN=`marker`, also one that left the process group of its run (a
 * daemon). Where the system does not show environments (outside Linux) it ends none, nor one that cleared its own.
 */
export async function killStrays(marker: string): Promise<void> {
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const strays = await findStrays(marker);
    if (strays.length === 0) return;
    for (const pid of strays) kill(pid);
  }
}

async function findStrays(marker: string): Promise<number[]> {
  const variable = Buffer.from(`DROPGATE_RUN=${marker}\0`);
  const pids = process.platform === 'linux' ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  const found: number[] = [];
  for (const [index, pid] of pids.entries()) {
    if (index % AT_A_TIME === AT_A_TIME - 1) await setImmediate();
    if (environmentOfProcess(pid).includes(variable)) found.push(Number(pid));
  }
  return found;
}

/** Read without the disk threads, which would cost ten times as much: it comes from memory. */
function environmentOfProcess(pid: string): Buffer {
  try {
    return readFileSync(`/proc/${pid}/environ`);
  } catch {
    return Buffer.alloc(0); // it has just ended, or is another user's and so none of ours
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has just ended by itself
  }
}
