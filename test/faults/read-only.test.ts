import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, type TestGate } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { startGateway } from '../support/gateway';
import { filesBelow } from '../support/ledger-view';
import { withGate } from '../support/results';
import { describeWithDisk, mountSmallDisk, remount } from '../support/small-disk';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';
import { checkEnds, checkWorld } from '../support/world-check';
import { checkNothingLost, fillSmallInput, SMALL_ENDS, smallGate, smallWatchGate } from './small-life';

const DISK_BYTES = 4 * 1024 * 1024;
const PATIENCE = { seconds: 60 };

describeWithDisk('a disk that is read-only', () => {
  test.for(['used before', 'new'])(
    'from the start, with a data folder that is %s: each command says so and ends with 2, and nothing is touched',
    { timeout: 120_000 },
    async (age, { task }) => {
      recordFaults(task, { fault: 'a read-only disk at start', tried: 1 });
      const gate = smallGate(tempFolder());
      mountSmallDisk(gate.dataDir, DISK_BYTES);
      if (age === 'used before') await runCli(withGate(gate, 'probes'));
      remount(gate.dataDir, 'ro');
      for (const command of [['gate', gate.input], ['run'], ['quarantine', 'list']]) {
        const ended = await runCli(withGate(gate, ...command));
        expect.soft(ended.code, ended.stderr).toBe(2);
        expect.soft(ended.stderr, command[0]).toMatch(/read-only/);
        expect.soft(ended.stderr, command[0]).toContain(gate.dataDir);
      }
      remount(gate.dataDir, 'rw');
      checkNothingLost(gate);
      await runCli(withGate(gate, 'gate', gate.input));
      checkEnds(gate, SMALL_ENDS);
      await checkWorld(gate);
    },
  );

  test('under a running gateway: that is told with the place, and the work goes on when it is writable again', {
    timeout: 300_000,
  }, async ({ task }) => {
    recordFaults(task, { fault: 'a disk that gets read-only under a gateway', tried: PLACES.length });
    for (const place of PLACES) {
      const gate = smallWatchGate(tempFolder());
      const disk = place(gate);
      mountSmallDisk(disk, DISK_BYTES);
      const gateway = await startGateway(gate);
      remount(disk, 'ro');
      fillSmallInput(gate);
      await until(`words about ${disk}`, () => saysReadOnly(gateway.log(), disk), PATIENCE);
      checkNothingLost(gate);
      remount(disk, 'rw');
      await until('every file', () => filesBelow(gate.input).length === 0, PATIENCE);
      await gateway.stop();
      checkEnds(gate, SMALL_ENDS);
      await checkWorld(gate);
    }
  });
});

/** Where a gateway has no file open, so that the system lets the disk be made read-only. */
const PLACES: readonly ((gate: TestGate) => string)[] = [
  ({ outbox }) => outbox,
  ({ dataDir }) => join(dataDir, 'quarantine'),
];

function saysReadOnly(log: string, disk: string): boolean {
  return log.split('\n').some((line) => line.includes(disk) && line.includes('read-only'));
}
