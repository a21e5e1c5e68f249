// Files copied into a watched folder, against what one would script: clamdscan over the folder, rclone for the clean ones.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gatewayFolder, startGateway } from '../support/gateway.mjs';
import { cache } from '../support/places.mjs';
import { endedChildrenSeconds, memoryOf, processorSeconds } from '../support/processes.mjs';
import { median } from '../support/run-command.mjs';
import { compareArrived, countFiles } from './arrived.mjs';

const LOOK_MS = 100;

/** Runs a command to its end: its standard output. Throws unless it ends with one of `statuses`. */
async function command(program, args, statuses = [0]) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.on('data', (data) => (stdout += data));
  const status = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (!statuses.includes(status)) throw new Error(`${program} ended with ${status}: ${stdout.slice(-500)}`);
  return stdout;
}

/** As a user does, or another program. */
export const copyIn = (source, inbox) => command('cp', ['-r', `${source}/.`, inbox]);

function assertAllArrived(source, destination, nameOf) {
  const { missed, twice, changed } = compareArrived(source, destination, nameOf);
  if (missed + twice + changed > 0) throw new Error(`${missed} missed, ${twice} twice, ${changed} changed`);
}

/** {seconds, processor} of the script: copied, scanned, then what nothing was found in sent on. */
export async function scripted(source, clamd) {
  const folder = join(cache, 'watch-scripted');
  rmSync(folder, { recursive: true, force: true });
  const [inbox, outbox, bad] = ['in', 'out', 'bad.txt'].map((part) => join(folder, part));
  for (const path of [inbox, outbox]) mkdirSync(path, { recursive: true });
  const began = performance.now();
  await copyIn(source, inbox);
  const before = endedChildrenSeconds() + processorSeconds(clamd.pid);
  const scan = ['--config-file', clamd.configFile, '--multiscan', '--fdpass', '--no-summary', '--infected', inbox];
  const found = await command('clamdscan', scan, [0, 1]);
  const names = found.split('\n').flatMap((line) => /^(.*): (?:.* FOUND|.*ERROR)$/.exec(line)?.[1] ?? []);
  writeFileSync(bad, names.map((name) => `${name.slice(inbox.length)}\n`).join(''));
  await command('rclone', ['copy', '--config', '/dev/null', '--exclude-from', bad, inbox, outbox]);
  const seconds = (performance.now() - began) / 1000;
  const processor = endedChildrenSeconds() + processorSeconds(clamd.pid) - before;
  assertAllArrived(source, outbox, (name) => name);
  rmSync(folder, { recursive: true, force: true });
  return { seconds, processor };
}

/** {seconds, processor, memory} of a gateway that stands ready, from the first copied file to the last forwarded one. */
export async function gated(source, files, clamd) {
  const places = gatewayFolder('watch-gate', clamd);
  const gateway = await startGateway(places);
  try {
    const before = processorSeconds(gateway.pid) + processorSeconds(clamd.pid);
    const began = performance.now();
    await copyIn(source, places.inbox);
    for (let arrived = 0; arrived < files; arrived = countFiles(places.outbox)) {
      await sleep(LOOK_MS);
      await gateway.nothingLeft();
    }
    const seconds = (performance.now() - began) / 1000;
    const processor = processorSeconds(gateway.pid) + processorSeconds(clamd.pid) - before;
    const memory = memoryOf(gateway.pid);
    await gateway.stop();
    assertAllArrived(source, places.outbox, (name) => name.slice(name.indexOf('/') + 1));
    return { seconds, processor, memory };
  } finally {
    await gateway.kill();
    rmSync(places.folder, { recursive: true, force: true });
  }
}

/** Both in turn; the first round does not count. */
export async function compareThroughput(source, files, clamd, rounds) {
  const results = { scripted: [], dropgate: [] };
  for (let round = rounds > 1 ? -1 : 0; round < rounds; round += 1) {
    const script = await scripted(source, clamd);
    const gate = await gated(source, files, clamd);
    if (round < 0) continue;
    results.scripted.push(script);
    results.dropgate.push(gate);
  }
  const rows = Object.entries(results).map(([name, all]) => {
    const seconds = median(all.map((one) => one.seconds));
    const processor = median(all.map((one) => one.processor));
    return {
      command: name,
      seconds,
      'files/s': Math.round(files / seconds),
      'processor us a file': (processor / files) * 1e6,
    };
  });
  const ratio = rows[0].seconds / rows[1].seconds;
  return { files, rounds, ratio, rows, results };
}
