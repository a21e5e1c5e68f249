import { closeSync, mkdirSync, openSync, rmSync, statfsSync, symlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { amount } from '../support/amount';
import { runCli, type TestGate } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { startGateway } from '../support/gateway';
import { filesBelow } from '../support/ledger-view';
import { withGate } from '../support/results';
import { describeWithDisk, mountSmallDisk } from '../support/small-disk';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';
import { checkEnds, checkWorld } from '../support/world-check';
import { checkNothingLost, fillSmallInput, SMALL_ENDS, smallGate, smallWatchGate } from './small-life';

const DISK_BYTES = 4 * 1024 * 1024;
const PATIENCE = { seconds: 60 };
const PAGE = Buffer.alloc(4096, 1);
/** In the words of the disk, or of whoever saw it coming. */
const FULL = /the disk is full|no space left|have to stay free/i;

/**
 * Fills the disk at `folder` but for so many pages; a gateway that writes to it meanwhile takes its part.
 * Returns how room is made again.
 */
function fillDisk(folder: string, pagesLeft = 0): () => void {
  const filler = join(folder, 'filler');
  const file = openSync(filler, 'w');
  while (statfsSync(folder).bavail > pagesLeft && isWritten(file)) {}
  closeSync(file);
  return () => rmSync(filler);
}

/** Whether there was room for one more page. */
function isWritten(file: number): boolean {
  try {
    return writeSync(file, PAGE) > 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
    throw error;
  }
}

/** Mounts the place; where it is. */
const PLACES: Readonly<Record<string, (gate: TestGate) => string>> = {
  'staging and the held folder': (gate) => {
    mountSmallDisk(gate.dataDir, DISK_BYTES);
    const ledger = join(gate.dataDir, '..', 'ledger');
    mkdirSync(ledger);
    symlinkSync(join(ledger, 'ledger.db'), join(gate.dataDir, 'ledger.db'));
    return gate.dataDir;
  },
  quarantine: (gate) => mounted(join(gate.dataDir, 'quarantine')),
  outbox: (gate) => mounted(gate.outbox),
  ledger: (gate) => mounted(gate.dataDir),
};

function mounted(folder: string): string {
  mountSmallDisk(folder, DISK_BYTES);
  return folder;
}

describeWithDisk('a disk that is full', () => {
  test.for(Object.keys(PLACES).filter((_, index) => index % amount(2, 1) === amount(1, 0)))(
    'of %s, under a gateway: that is told, and the work goes on when there is room',
    { timeout: 300_000 },
    async (place, { task }) => {
      recordFaults(task, { fault: 'a full disk under a gateway', tried: 1 });
      const gate = smallWatchGate(tempFolder());
      const disk = PLACES[place]?.(gate) ?? '';
      const gateway = await startGateway(gate);
      const makeRoom = fillDisk(disk);
      fillSmallInput(gate);
      await until(
        'words about the full disk',
        () => {
          const told = gateway
            .log()
            .split('\n')
            .filter((line) => FULL.test(line));
          return gateway.process.exitCode !== null || told.some((line) => line.includes(disk));
        },
        PATIENCE,
      );
      makeRoom();
      checkNothingLost(gate);
      if (gateway.process.exitCode !== null) {
        expect((await gateway.ended).code).toBe(2);
        expect(gateway.log()).toMatch(FULL);
        expect(gateway.log()).toContain(disk);
      }
      const next = gateway.process.exitCode === null ? gateway : await startGateway(gate);
      await until('every file', () => filesBelow(gate.input).length === 0, PATIENCE);
      await next.stop();
      checkEnds(gate, SMALL_ENDS);
      await checkWorld(gate);
    },
  );

  const PAGES_LEFT = [0, 1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 80, 96, 112, 128];
  test.for(PAGES_LEFT.filter((_, index) => index % amount(16, 1) === 0))(
    'of the data folder, with %d pages left for a command: nothing is lost, and the next one finishes it',
    { timeout: 120_000 },
    async (pages, { task }) => {
      recordFaults(task, { fault: 'a disk that gets full under a command', tried: 1 });
      const gate = smallGate(tempFolder());
      mountSmallDisk(gate.dataDir, DISK_BYTES);
      await runCli(withGate(gate, 'probes'));
      const makeRoom = fillDisk(gate.dataDir, pages);
      const full = await runCli(withGate(gate, 'gate', gate.input));
      expect([0, 1, 2], full.stderr).toContain(full.code);
      if (full.code === 2) expect.soft(`${full.stderr}${full.stdout}`).toMatch(FULL);
      makeRoom();
      checkNothingLost(gate);
      await runCli(withGate(gate, 'probes'));
      await runCli(withGate(gate, 'gate', gate.input));
      checkEnds(gate, SMALL_ENDS);
      await checkWorld(gate);
    },
  );
});
