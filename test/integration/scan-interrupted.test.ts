import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startCli } from '../support/cli';
import { quickGate, withGate } from '../support/results';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

/** Sparse, so that they cost no disk, and take their time to be read. */
const FILES = 30;
const BYTES = 200 * 1024 * 1024;

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a scan that gets %s is not taken for a whole one: exit 2, and it leaves nothing in the temporary folder',
  async (signal) => {
    const folder = tempFolder();
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    const gate = quickGate(folder);
    for (let n = 0; n < FILES; n += 1) {
      const file = join(gate.input, `${n}.txt`);
      writeFileSync(file, `${n}`);
      truncateSync(file, BYTES);
    }
    const scan = startCli(withGate(gate, 'scan', gate.input, '--ndjson'), { TMPDIR: temporary });
    let said = '';
    scan.stdout?.on('data', (text: string) => {
      said += text;
    });
    await until('the first event', () => said.includes('\n'), { everyMs: 1 });
    expect(readdirSync(temporary)).toHaveLength(1);
    scan.kill(signal);
    const { code } = await scan.ended;
    expect(code).toBe(2);
    expect(readdirSync(temporary)).toEqual([]);
  },
);
