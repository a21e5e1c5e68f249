import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runCli } from '../support/cli';
import { quickGate, withGate } from '../support/results';
import { EICAR, tempFolder } from '../support/temp-folder';

vi.setConfig({ testTimeout: 120_000 });

const bytesIn = (folder: string) => readdirSync(folder, { encoding: 'buffer' });

test.each([
  ['stray bytes, as long as a name can be', Buffer.alloc(255, 0xff)],
  ['controls and an override', Buffer.from('first\nsecond\u202etxt.exe')],
])('a file whose name has %s is restored into a folder under that very name, and exported', async (_what, name) => {
  const folder = tempFolder();
  const gate = quickGate(folder);
  writeFileSync(Buffer.concat([Buffer.from(`${gate.input}/`), name]), EICAR);
  await runCli(withGate(gate, 'gate', gate.input));
  const [back, zips] = [join(folder, 'back'), join(folder, 'zips')];
  for (const place of [back, zips]) await mkdir(place);
  expect(await runCli(withGate(gate, 'quarantine', 'export', '1', zips))).toMatchObject({ code: 0, stderr: '' });
  expect(bytesIn(zips).map((each) => each.subarray(-4).toString())).toEqual(['.zip']);
  const restored = await runCli(withGate(gate, 'quarantine', 'restore', '1', back, '--reason', 'test'));
  expect(restored).toMatchObject({ code: 0, stderr: '' });
  expect(bytesIn(back)).toEqual([name]);
  expect(readFileSync(Buffer.concat([Buffer.from(`${back}/`), name]))).toEqual(EICAR);
});
