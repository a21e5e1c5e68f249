import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startTestDaemon, TOKEN } from '../../../support/daemon';

const CLIENT = resolve(import.meta.dirname, '../../../independent/daemon-client.mjs');
const run = promisify(execFile);

/** What the client asks for, by type. */
const DEFINITIONS = {
  'text/plain': { report: 'true' },
  'text/x-init': { install: ['false'], report: 'true' },
  'text/x-fail': { scripts: ['false'], report: 'true' },
  'text/x-wait': { report: 'sleep 30' },
};

test.each(['a.txt', 'a name with blanks'])(
  'a client written from the documents alone gets every documented answer, for %s',
  async (name) => {
    const { url, dumpPath } = await startTestDaemon(DEFINITIONS);
    writeFileSync(join(dumpPath, name), 'x');
    const { stdout } = await run(process.execPath, [CLIENT, url, TOKEN, name]);
    expect(stdout).toMatch(/\d+ requests answered as documented\n$/);
  },
);

test('an old client that knows no token works on loopback with a daemon that has none, and with posted commands', async () => {
  const { url, dumpPath } = await startTestDaemon({}, { token: null, allowPosted: true });
  writeFileSync(join(dumpPath, 'a.txt'), 'x');
  const { stdout } = await run(process.execPath, [CLIENT, url, '', 'a.txt']);
  expect(stdout).toMatch(/\d+ requests answered as documented\n$/);
});
