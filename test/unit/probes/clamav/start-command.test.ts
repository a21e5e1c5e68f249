import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { describeWith } from '../../../support/components';
import { EICAR } from '../../../support/temp-folder';
import { until } from '../../../support/until';
import { openFolder, openProbe, patience } from './support';

const run = promisify(execFile);

/** A clamd of one's own that does not run: its configuration in a folder whose name a shell would take apart. */
function ownClamd(lines: readonly string[] = []): { folder: string; socket: string; configFile: string } {
  const folder = openFolder();
  const socket = join(folder, 'clamd.sock');
  const configFile = join(folder, "it's my clamd.conf");
  writeFileSync(join(folder, 'eicar.ndb'), `EICAR-Test:0:*:${EICAR.toString('hex')}\n`);
  const own = [`DatabaseDirectory ${folder}`, `PidFile ${join(folder, 'pid')}`, 'AlertExceedsMax yes'];
  writeFileSync(configFile, `${[...lines, `LocalSocket ${socket}`, ...own].join('\n')}\n`);
  return { folder, socket, configFile };
}

async function commandOf(settings: Parameters<typeof openProbe>[0]): Promise<string | undefined> {
  const health = await openProbe(settings, openFolder()).describe(patience());
  expect(health.state).toBe('not_ready');
  return health.startCommand;
}

describeWith(['clamd'], 'the command that starts clamd', () => {
  it('is told with a daemon of one’s own that nobody started, and does start it', async () => {
    const { folder, socket, configFile } = ownClamd();
    const probe = openProbe({ socket, configFile }, openFolder());
    const { startCommand = '' } = await probe.describe(patience());
    expect(startCommand).toContain('--config-file=');
    await run('/bin/sh', ['-c', startCommand]);
    onTestFinished(() => void process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGKILL'));
    await until('clamd', async () => (await probe.describe(patience())).state === 'ready');
    expect((await probe.describe(patience())).startCommand).toBeUndefined();
  });

  it('is none where the configuration is another daemon’s, or cannot be read', async () => {
    const { folder, socket, configFile } = ownClamd();
    expect(await commandOf({ socket: join(folder, 'other.sock'), configFile })).toBeUndefined();
    expect(await commandOf({ socket, configFile: join(folder, 'gone.conf') })).toBeUndefined();
  });

  it('is none where the socket’s folder is not there to be written to', async () => {
    const { folder } = ownClamd();
    const socket = join(folder, 'gone', 'clamd.sock');
    const configFile = join(folder, 'clamd.conf');
    writeFileSync(configFile, `LocalSocket ${socket}\n`);
    expect(await commandOf({ socket, configFile })).toBeUndefined();
  });

  it('is none where something else than starting is needed', async () => {
    const { socket, configFile } = ownClamd();
    writeFileSync(socket, 'no socket');
    onTestFinished(() => rmSync(socket, { force: true }));
    expect(await commandOf({ socket, configFile })).toBeUndefined();
  });
});
