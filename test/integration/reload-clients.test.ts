import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type Results, startCli } from '../support/cli';
import { startGateway } from '../support/gateway';
import { filesBelow } from '../support/ledger-view';
import { quickGate, withGate } from '../support/results';
import { EICAR, tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

vi.setConfig({ testTimeout: 240_000 });

/** Files of each command. The first has more than a walk names ahead of the work, so that reloads cut into the walk too. */
const COUNTS = [4600, 300];
const FILES = COUNTS.reduce((sum, count) => sum + count, 0);

test('commands that wait for a gateway get whole answers, each file once, however often it is reloaded', async () => {
  const gate = quickGate(tempFolder());
  for (const [client, count] of COUNTS.entries()) {
    const folder = join(gate.input, `${client}`);
    mkdirSync(folder);
    for (let n = 0; n < count; n += 1) writeFileSync(join(folder, `${n}.txt`), `file ${client} ${n}`);
  }
  writeFileSync(join(gate.input, '0', 'virus.com'), EICAR);
  const gateway = await startGateway(gate);
  const commands = COUNTS.map((_count, n) => startCli(withGate(gate, 'gate', '--json', join(gate.input, `${n}`))));
  const items = () => gateway.events().filter(({ event }) => event === 'item').length;
  for (let reload = 1; reload <= 3; reload += 1) {
    const before = { items: items(), events: gateway.events().length };
    await until('files to end', () => items() > before.items + 200, { everyMs: 20 });
    gateway.process.kill('SIGHUP');
    await gateway.event({ event: 'reloaded' }, before.events);
  }
  expect(items(), 'files that were still to come at the last reload').toBeLessThan(FILES);
  const ended = await Promise.all(commands.map((command) => command.ended));
  expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
    { code: 1, stderr: '' },
    { code: 0, stderr: '' },
  ]);
  const results = ended.map(({ stdout }) => JSON.parse(stdout) as Results);
  expect(results.map(({ summary }) => [summary.clean, summary.infected])).toEqual([
    [COUNTS[0], 1],
    [COUNTS[1], 0],
  ]);
  const listed = results.flatMap(({ items: each }) => each.map(({ path }) => path));
  expect(listed).toHaveLength(FILES + 1);
  expect(new Set(listed).size).toBe(FILES + 1);
  expect(await gateway.stop()).toMatchObject({ code: 0 });
  expect(filesBelow(gate.outbox)).toHaveLength(FILES);
});
