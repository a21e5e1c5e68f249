import { mkdirSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Clamd } from '../support/clamd';
import { type ClamdPlace, clamdPlace } from '../support/clamd-places';
import { runCli, startCli, type TestGate, testGate } from '../support/cli';
import { describeWith } from '../support/components';
import { MARKER } from '../support/corpus';
import { recordFaults } from '../support/fault-table';
import { filesBelow } from '../support/ledger-view';
import { clamavSettings, withGate } from '../support/results';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';
import { checkEnds, checkWorld } from '../support/world-check';

const FILES = 300;
const isMarked = (n: number) => n % 20 === 0;

/** How each file must end, by its name; every twentieth is known to clamd alone. */
function fillInput(gate: TestGate): Record<string, string[]> {
  const ends: Record<string, string[]> = {};
  for (let n = 0; n < FILES; n += 1) {
    const name = `box-${n % 7}/${n}.txt`;
    mkdirSync(join(gate.input, `box-${n % 7}`), { recursive: true });
    const text = Buffer.from(`${n} `.repeat(10_000));
    writeFileSync(join(gate.input, name), isMarked(n) ? Buffer.concat([text, MARKER]) : text);
    ends[name] = [isMarked(n) ? 'quarantined' : 'forwarded'];
  }
  return ends;
}

/** Asks clamd to read its signatures anew. */
function reload(socket: string): Promise<void> {
  return new Promise((resolve) => {
    const connection = createConnection({ path: socket }, () => connection.end('zRELOAD\0'));
    connection.resume();
    connection.on('error', () => connection.destroy());
    connection.on('close', () => resolve());
  });
}

describeWith(['clamd'], 'a real clamd in trouble while the released command gates 300 files', () => {
  let place: ClamdPlace;
  let clamd: Clamd | null = null;
  afterEach(async () => {
    await clamd?.stop();
    clamd = null;
    place.remove();
  });

  async function freshGate(): Promise<TestGate> {
    place = clamdPlace();
    clamd = await place.start();
    const profile = { probes: ['clamav', 'file-type'], source: 'move' };
    return testGate(tempFolder(), clamavSettings(place.socket, {}, profile));
  }

  /** Runs the command to its end; `trouble` again and again meanwhile. Says how often. */
  async function gateUnder(gate: TestGate, trouble: () => Promise<void>): Promise<number> {
    const command = startCli(withGate(gate, 'gate', gate.input));
    await until('the first files', () => filesBelow(gate.outbox).length > 5, { everyMs: 5 });
    let times = 0;
    while (command.exitCode === null && command.signalCode === null) {
      await trouble();
      times += 1;
    }
    await command.ended;
    return times;
  }

  test('reloaded again and again: every file ends right at once', { timeout: 180_000 }, async ({ task }) => {
    recordFaults(task, { fault: 'clamd: reloaded under load', tried: 1, note: 'again and again' });
    const gate = await freshGate();
    const ends = fillInput(gate);
    const times = await gateUnder(gate, async () => {
      await reload(place.socket);
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    expect(times).toBeGreaterThan(0);
    checkEnds(gate, ends);
    await checkWorld(gate);
  });

  test('killed and started again: what was forwarded is clean, and the next engine ends the rest', {
    timeout: 180_000,
  }, async ({ task }) => {
    recordFaults(task, { fault: 'clamd: killed and started again under load', tried: 1 });
    const gate = await freshGate();
    const ends = fillInput(gate);
    await gateUnder(gate, async () => {
      await clamd?.stop('SIGKILL');
      clamd = await place.start();
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    const unclean = Object.keys(ends).filter((name) => !ends[name]?.includes('forwarded'));
    const arrived = filesBelow(gate.outbox).map((name) => name.slice(name.indexOf('/') + 1));
    expect(arrived.filter((name) => unclean.includes(name))).toEqual([]);
    await until('the rest', async () => {
      await runCli(withGate(gate, 'probes'));
      return filesBelow(gate.outbox).length === FILES - unclean.length;
    });
    checkEnds(gate, ends);
    await checkWorld(gate);
  });
});
