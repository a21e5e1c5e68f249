import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../src-main/contract/durations';
import { amount } from '../support/amount';
import { runCli, runJson, type TestGate } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { startGateway } from '../support/gateway';
import { filesBelow, ledgerItems } from '../support/ledger-view';
import { endsOf, quickGate, withGate } from '../support/results';
import { EICAR, tempFolder } from '../support/temp-folder';
import { until } from '../support/until';
import { checkEnds, checkWorld } from '../support/world-check';
import { fillSmallInput, SMALL_ENDS, smallGate, smallWatchGate } from './small-life';

const JUMPS = [0, 400, -400, 400, -400, 0, 800, -800].slice(0, amount(2, 8));

/** The time of day of commands with this environment: the machine's, and so many days. */
function shiftedClock(): { readonly env: NodeJS.ProcessEnv; set(days: number): void } {
  const file = join(tempFolder(), 'shift');
  const set = (days: number) => writeFileSync(file, String(days * DAY_MS));
  set(0);
  return { env: { DROPGATE_FAULT_CLOCK: file }, set };
}

async function gateAgain(gate: TestGate, env: NodeJS.ProcessEnv): Promise<Record<string, number>> {
  writeFileSync(join(gate.input, 'eicar.com'), EICAR);
  const { results } = await runJson(withGate(gate, 'gate', gate.input), env);
  return endsOf(results.items);
}

describe('the time of day', () => {
  test('set forward and back between commands: verdicts, reports, lists and the custody log stay right', {
    timeout: 300_000,
  }, async ({ task }) => {
    recordFaults(task, { fault: 'the clock set by 400 days between commands', tried: JUMPS.length });
    const gate = smallGate(tempFolder());
    const clock = shiftedClock();
    for (const [index, days] of JUMPS.entries()) {
      clock.set(days);
      if (index > 0) fillSmallInput(gate);
      await runCli(withGate(gate, 'gate', gate.input), clock.env);
      const listed = JSON.parse((await runCli(withGate(gate, 'quarantine', 'list', '--json'), clock.env)).stdout);
      const ids = listed.items.map(({ id }: { id: string }) => Number(id));
      const kept = ledgerItems(gate.dataDir).filter(({ state }) => state === 'quarantined' || state === 'held');
      expect.soft([...ids].sort((one, other) => one - other)).toEqual(kept.map(({ id }) => id));
      checkEnds(gate, SMALL_ENDS);
      await checkWorld(gate);
    }
  });

  test('set past the end of an exception ends it, and set back gives it its days again', {
    timeout: 120_000,
  }, async ({ task }) => {
    recordFaults(task, { fault: 'the clock set by 400 days around the end of an exception', tried: 3 });
    const gate = quickGate(tempFolder(), { source: 'move' });
    const clock = shiftedClock();
    expect(await gateAgain(gate, clock.env)).toEqual({ 'infected quarantined': 1 });
    const id = String(ledgerItems(gate.dataDir)[0]?.id);
    const except = ['quarantine', 'except', id, '--probe', 'hash-list', '--days', '30', '--reason', 'a test'];
    expect((await runCli(withGate(gate, ...except), clock.env)).code).toBe(0);
    const before = await gateAgain(gate, clock.env);
    clock.set(400);
    expect(await gateAgain(gate, clock.env)).toEqual({ 'infected quarantined': 1 });
    clock.set(-400);
    expect(await gateAgain(gate, clock.env)).toEqual(before);
    await checkWorld(gate);
  });

  test('that jumps while files come: each arrives once, and everything verifies', {
    timeout: 300_000,
  }, async ({ task }) => {
    const jumps = amount(3, 60);
    recordFaults(task, { fault: 'the clock jumps by 400 days under a gateway', tried: jumps });
    const gate = smallWatchGate(tempFolder());
    const clock = shiftedClock();
    const gateway = await startGateway(gate, clock.env);
    for (let jump = 0; jump < jumps; jump += 1) {
      for (let n = 0; n < 5; n += 1) writeFileSync(join(gate.input, `${jump}-${n}.txt`), `file ${jump} ${n}`);
      const before = filesBelow(gate.outbox).length;
      clock.set(jump % 2 === 0 ? 400 : -400);
      await until('a file of this burst', () => filesBelow(gate.outbox).length > before);
    }
    await until('every file', () => filesBelow(gate.input).length === 0);
    await gateway.stop();
    const states = ledgerItems(gate.dataDir).map(({ state }) => state);
    expect(states).toEqual(Array.from({ length: 5 * jumps }, () => 'forwarded'));
    await checkWorld(gate);
  });
});
