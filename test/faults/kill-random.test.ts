import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { amount } from '../support/amount';
import { startCli, type TestGate } from '../support/cli';
import { describeWith } from '../support/components';
import { recordFaults } from '../support/fault-table';
import { startGateway } from '../support/gateway';
import { printedSeed, type Random, randomFrom } from '../support/random';
import { quickGate, withGate } from '../support/results';
import { honoursConditions, listsUploads } from '../support/s3-rules';
import { BUCKET, type S3Server, startS3Server } from '../support/s3-server';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';
import { checkBucket, checkWorld } from '../support/world-check';
import { Feeder } from './feeding';

const LIVES = amount(1, 10);
const KILLS = amount(6, 22);
const FILES = 12;
/** Within this time of its start, or of being at work, a gateway is killed. */
const LONGEST_MS = 1800;

/** A gateway that moves the files of one folder to a bucket and copies those of another to a folder. */
function gateTo(server: S3Server, folder: string): { gate: TestGate; moved: string; kept: string } {
  const [moved, kept] = [join(folder, 'in'), join(folder, 'kept')];
  mkdirSync(kept);
  const profile = { probes: ['hash-list', 'file-type', 'archive'], destination: 'outbox' };
  const more = {
    destinations: {
      outbox: { kind: 'folder', dir: join(folder, 'outbox') },
      inbound: { kind: 's3', bucket: BUCKET, prefix: 'clean/', endpoint: server.endpoint, pathStyle: true },
    },
    profiles: { default: profile, moving: { ...profile, destination: 'inbound', source: 'move' } },
    watch: [
      { dir: moved, profile: 'moving', settleMs: 50 },
      { dir: kept, settleMs: 50 },
    ],
  };
  const gate = quickGate(folder, {}, more);
  return { gate, moved, kept };
}

/** Starts the gateway, feeds it, and kills it at any time: one time in three already while it starts. */
async function killedOnce(gate: TestGate, feeder: Feeder, random: Random): Promise<void> {
  const inStart = random(3) === 0;
  const gateway = inStart ? startCli(withGate(gate, 'run')) : (await startGateway(gate)).process;
  const gone = once(gateway, 'exit');
  const delay = random(LONGEST_MS);
  feeder.feed(FILES / 2);
  await sleep(delay / 2);
  feeder.feed(FILES / 2);
  await sleep(delay / 2);
  gateway.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
}

describeWith(['python3'], 'the released gateway, killed at random while files arrive in watched folders', () => {
  test.for(Array.from({ length: LIVES }, (_, life) => life))(
    `life %i of ${KILLS} kills: every file ends where it should, once`,
    { timeout: 1_800_000 },
    async (life, { task }) => {
      recordFaults(task, { fault: 'SIGKILL of the gateway at random while files arrive', tried: KILLS });
      const random = randomFrom(printedSeed('kill-random') + life);
      const server = await startS3Server();
      server.proxy.rules = [listsUploads(server.proxy), honoursConditions];
      onTestFinished(() => server.stop());
      const { gate, moved, kept } = gateTo(server, tempFolder());
      const feeder = new Feeder([moved, kept], random);
      for (let kill = 0; kill < KILLS; kill += 1) await killedOnce(gate, feeder, random);
      const gateway = await startGateway(gate);
      onTestFinished(() => void gateway.process.kill('SIGKILL'));
      await until('the end of every file', () => feeder.unfinished(gate).length === 0, {
        seconds: 60,
        everyMs: 250,
      }).catch(
        () => undefined, // what is not where it should be is listed by the check
      );
      await gateway.stop();
      feeder.check(gate);
      feeder.checkKept(kept);
      feeder.checkMoved(moved);
      await checkWorld(gate);
      await checkBucket(gate, server, BUCKET);
    },
  );
});
