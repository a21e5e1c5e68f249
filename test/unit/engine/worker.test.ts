import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../../../src-main/base/log';
import { loadSettings } from '../../../src-main/engine/load-settings';
import { startDaemon } from '../../../src-main/engine/worker';
import { sha256Of } from '../../support/daemon';
import { tempFolder } from '../../support/temp-folder';

const BYTES = Buffer.from('the bytes of a file\n');

function started(dataDir: string, lines: string[] = []) {
  const { settings } = loadSettings({ env: { DROPGATE_DATA_DIR: dataDir }, cwd: dataDir });
  const log = createLogger({ level: 'warn', destination: { write: (line) => void lines.push(line) } });
  return startDaemon(settings, { listen: '127.0.0.1:0', allowPostedCommands: false }, {}, log);
}

test('workers on any free port leave each other their copies, and nothing at their end', async () => {
  const dataDir = tempFolder();
  const one = await started(dataDir);
  const uploaded = `http://${one.address}/api/v1.0/file/${randomUUID()}/${sha256Of(BYTES)}`;
  expect((await fetch(uploaded, { method: 'PUT', body: BYTES })).status).toBe(201);
  const own = join(dataDir, 'worker', 'daemon-127.0.0.1-0');
  const [folder = ''] = readdirSync(own);
  const other = await started(dataDir);
  onTestFinished(() => other.close(0));
  expect(readdirSync(join(own, folder, 'copies'))).toHaveLength(1);
  await one.close(0);
  expect(readdirSync(own)).toHaveLength(1);
  await other.close(0);
  expect(readdirSync(own)).toEqual([]);
});

test('a worker without a token tells who can use it, whatever the log takes for a secret', async () => {
  const lines: string[] = [];
  const worker = await started(tempFolder(), lines);
  await worker.close(0);
  expect(lines.join('')).toContain('without a tokenFile every user of this machine can use this worker');
});
