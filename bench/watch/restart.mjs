// A gateway that was killed with many files waiting: how soon the next one takes up the first of them, and has forwarded it.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gatewayFolder, startGateway } from '../support/gateway.mjs';
import { copyIn } from './throughput.mjs';

const LOOK_MS = 200;
const CLOSE_LOOK_MS = 10;

/** Resolves when the first file has a private copy: the one that a killed gateway had not begun. */
async function firstStaged(staging) {
  const begun = () =>
    readdirSync(staging).some((name) => name !== 'canary' && readdirSync(join(staging, name)).length > 0);
  while (!begun()) await sleep(CLOSE_LOOK_MS);
}

/** {pending, takenUpMs, forwardedMs}: from the start of the process to the first private copy and to the first file's end. */
export async function restart(source, files, clamd) {
  const places = gatewayFolder('watch-restart', clamd);
  const paused = await startGateway(places);
  try {
    await paused.call('pause', { dir: null, paused: true });
    await copyIn(source, places.inbox);
    while ((await paused.call('status', {})).unsettled < files) await sleep(LOOK_MS);
  } finally {
    await paused.kill();
  }
  const began = performance.now();
  let first = () => undefined;
  const ended = new Promise((resolve) => {
    first = resolve;
  });
  const starting = startGateway(places, { onItem: (item) => first({ item, at: performance.now() }) });
  await firstStaged(join(places.folder, 'data', 'staging'));
  const takenUpMs = performance.now() - began;
  const gateway = await starting;
  try {
    const { item, at } = await ended;
    if (item.disposition !== 'forwarded') throw new Error(`the first file was ${item.disposition}`);
    return { pending: files, takenUpMs, forwardedMs: at - began };
  } finally {
    await gateway.kill();
    rmSync(places.folder, { recursive: true, force: true });
  }
}
