// How long after it settled a single small file is at its destination and in the ledger as forwarded.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gatewayFolder, SETTLE_MS, startGateway } from '../support/gateway.mjs';

const FILES = 60;
/** Until nothing of the file before is going on any more. */
const PAUSE_MS = 200;

/**
 * {files, p50Ms, p95Ms, mostMs}: from the end of the still time, counted from the last write (so that noticing the file is
 * part of it), to the gateway's event that the file was forwarded.
 */
export async function latency(clamd) {
  const places = gatewayFolder('watch-latency', clamd);
  let ended = () => undefined;
  const gateway = await startGateway(places, { onItem: (item) => ended(item) });
  const waits = [];
  try {
    for (let at = 0; at < FILES; at += 1) {
      const end = new Promise((resolve) => {
        ended = resolve;
      });
      writeFileSync(join(places.inbox, `single-${at}.txt`), `a single small file, number ${at}\n`.repeat(50));
      const written = performance.now();
      const { disposition } = await end;
      if (disposition !== 'forwarded') throw new Error(`a single file was ${disposition}`);
      waits.push(performance.now() - written - SETTLE_MS);
      await sleep(PAUSE_MS);
    }
  } finally {
    await gateway.kill();
    rmSync(places.folder, { recursive: true, force: true });
  }
  waits.sort((one, other) => one - other);
  const at = (share) => waits[Math.ceil(share * waits.length) - 1];
  return { files: FILES, p50Ms: at(0.5), p95Ms: at(0.95), mostMs: at(1) };
}
