import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { amount } from '../support/amount';
import { type TestGate, testGate } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { startGateway } from '../support/gateway';
import { ledgerItems } from '../support/ledger-view';
import { printedSeed, type Random, randomFrom } from '../support/random';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';
import { checkWorld } from '../support/world-check';
import { RACE_KINDS, Race } from './racing';

const ROUNDS = amount(1, 10);
/** In each round and with each handling of sources; so many of each kind run at once. */
const RACES = amount(30, 50);
const HANDLINGS = ['move', 'keep'] as const;

function raceGate(folder: string): TestGate {
  const profile = { probes: ['hash-list', 'file-type', 'archive'], destination: 'outbox' };
  for (const name of [...HANDLINGS, 'outside', 'away']) mkdirSync(join(folder, name));
  return testGate(folder, {
    profiles: { default: profile },
    watch: HANDLINGS.map((source) => ({ dir: join(folder, source), source, settleMs: 50 })),
  });
}

function racesIn(folder: string, round: number, random: Random): Map<string, Race> {
  const races = HANDLINGS.flatMap((source) =>
    Array.from({ length: RACES }, (_, number) => {
      const kind = RACE_KINDS[number % RACE_KINDS.length] ?? 'grows';
      const track = { watched: join(folder, source), outside: join(folder, 'outside'), away: join(folder, 'away') };
      return new Race(`${source}-${round}-${number}`, kind, track, random);
    }),
  );
  return new Map(races.map((race) => [race.name, race]));
}

const arrivedIn = (gate: TestGate) =>
  ledgerItems(gate.dataDir).flatMap(({ state, ...item }) => (state === 'forwarded' ? [item] : []));

/** Contents that are owed and have not arrived, and items that are still in work. */
function unfinished(gate: TestGate, races: Iterable<Race>): string[] {
  const arrived = new Set(arrivedIn(gate).map(({ sha256 }) => sha256));
  const owed = [...races].filter((race) => race.owed !== null && !arrived.has(race.owed));
  const open = ledgerItems(gate.dataDir).filter(
    ({ state, sourcePending }) => !['forwarded', 'held', 'deleted'].includes(state) || sourcePending === 1,
  );
  return [...owed.map(({ name, kind }) => `${name} ${kind}`), ...open.map(({ name, state }) => `${name} is ${state}`)];
}

test('files that change while a running gateway takes them: what arrives is what was scanned, nothing is lost', {
  timeout: 1_800_000,
}, async ({ task }) => {
  const tried = ROUNDS * RACES * HANDLINGS.length;
  recordFaults(task, { fault: 'a file or its folder changed while it was taken', tried, note: RACE_KINDS.join(', ') });
  const folder = tempFolder();
  const gate = raceGate(folder);
  const random = randomFrom(printedSeed('races'));
  const races = new Map<string, Race>();
  const gateway = await startGateway(gate);
  onTestFinished(() => void gateway.process.kill('SIGKILL'));
  for (let round = 0; round < ROUNDS; round += 1) {
    const fresh = racesIn(folder, round, random);
    for (const [name, race] of fresh) races.set(name, race);
    await Promise.all([...fresh.values()].map((race) => race.run()));
  }
  await until('all that is owed', () => unfinished(gate, races.values()).length === 0, {
    seconds: 90,
    everyMs: 500,
  }).catch(
    () => undefined, // what is missing is listed below
  );
  await gateway.stop();
  expect.soft(unfinished(gate, races.values())).toEqual([]);
  const arrived = arrivedIn(gate);
  for (const { name, destination } of arrived) {
    const bytes = readFileSync(destination ?? '');
    expect.soft(races.get(name.split('/')[0] ?? '')?.had(bytes), `${name}: ${bytes.subarray(0, 60)}`).toBe(true);
  }
  const hashes = new Set(arrived.map(({ sha256 }) => sha256));
  for (const race of races.values()) {
    const title = `${race.name} ${race.kind}`;
    expect.soft(race.isCanaryAlive(), `${title}: its canary`).toBe(true);
    const isSafe = race.owed !== null || hashes.has(race.lastContent) || race.takenOut === race.lastContent;
    expect.soft(isSafe, `${title}: what was taken out`).toBe(true);
    if (race.name.startsWith('keep') && race.owed !== null)
      expect.soft(race.isSourceAlive(), `${title}: its source`).toBe(true);
  }
  await checkWorld(gate);
});
