import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EndingLog } from '../../../../src-main/workers/daemon/ending-log';
import { tempFolder } from '../../../support/temp-folder';

const ending = { name: 'a.txt', uuid: 'u', mime: 'text/plain', time: '2026-01-01T00:00:00.000Z', failed: null };

test('each end is one line, whatever a name or a cause holds', async () => {
  const folder = join(tempFolder(), 'logs');
  const log = new EndingLog(folder);
  await Promise.all([
    log.add(ending),
    log.add({ ...ending, name: 'a\nb\tc\u202ed' }),
    log.add({ ...ending, failed: 'exit code 1:\nfalse\tline' }),
  ]);
  const rest = 'u\ttext/plain\t2026-01-01T00:00:00.000Z';
  expect(readFileSync(join(folder, 'dump.log'), 'utf8')).toBe(`a.txt\t${rest}\na\\nb\\tc\\u{202e}d\t${rest}\n`);
  expect(readFileSync(join(folder, 'fail.log'), 'utf8')).toBe(`a.txt\t${rest}\texit code 1:\\nfalse\\tline\n`);
});

test('a log that has grown is put aside, in the place of the one before', async () => {
  const folder = tempFolder();
  const log = new EndingLog(folder);
  for (const content of ['first', 'second']) {
    writeFileSync(join(folder, 'dump.log'), content.padEnd(16 * 1024 * 1024));
    await log.add(ending);
    expect(readdirSync(folder)).toEqual(['dump.log.1']);
    expect(readFileSync(join(folder, 'dump.log.1'), 'latin1').slice(0, content.length)).toBe(content);
  }
  await log.add(ending);
  expect(readdirSync(folder)).toEqual(['dump.log', 'dump.log.1']);
});
