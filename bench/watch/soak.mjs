// Files that arrive all the time, and the memory of the gateway that takes them.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gatewayFolder, startGateway } from '../support/gateway.mjs';
import { memoryOf } from '../support/processes.mjs';
import { median } from '../support/run-command.mjs';

const FILES_A_SECOND = 20;
const SAMPLE_MS = 5000;
const FILES_A_FOLDER = 1000;

/**
 * {minutes, files, series (MiB every five seconds), firstMiB, lastMiB, growth}: medians of the first and the last quarter
 * after the first minute, in which a process is still becoming what it is. Files are moved, as nobody keeps years of them.
 */
export async function soak(minutes, clamd) {
  const places = gatewayFolder('watch-soak', clamd, { source: 'move' });
  const gateway = await startGateway(places);
  const series = [];
  let files = 0;
  try {
    const began = performance.now();
    const passed = () => performance.now() - began;
    for (; passed() < minutes * 60_000; ) {
      for (; files < (passed() / 1000) * FILES_A_SECOND; files += 1) {
        const folder = join(places.inbox, String(Math.floor(files / FILES_A_FOLDER)));
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, `file-${files}.txt`), `file number ${files}\n`.repeat(100));
      }
      if (passed() > series.length * SAMPLE_MS) series.push(memoryOf(gateway.pid).nowMiB);
      await sleep(1000 / FILES_A_SECOND);
    }
    await gateway.nothingLeft();
  } finally {
    await gateway.kill();
    rmSync(places.folder, { recursive: true, force: true });
  }
  const settled = series.slice(Math.min(60_000 / SAMPLE_MS, Math.floor(series.length / 4)));
  const quarter = Math.max(1, settled.length >> 2);
  const [firstMiB, lastMiB] = [settled.slice(0, quarter), settled.slice(-quarter)].map(median);
  return { minutes, files, firstMiB, lastMiB, growth: lastMiB / firstMiB - 1, series };
}
