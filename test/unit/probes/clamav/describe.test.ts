import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClamavProbe } from '../../../../src-main/probes/clamav/probe';
import { parseVersion } from '../../../../src-main/probes/clamav/version';
import { startScripted } from '../../../support/scripted-clamd';
import { openFolder, openProbe, patience } from './support';

describe('version of clamd', () => {
  it('reads engine, database and date', () => {
    const versions = parseVersion('ClamAV 1.4.6/27500/Fri Nov 20 08:24:11 2026');
    expect(versions).toEqual({
      engine: '1.4.6',
      database: '27500',
      databaseDate: new Date(2026, 10, 20, 8, 24, 11).toISOString(),
    });
  });

  it('takes own signatures alone for an unknown database', () => {
    expect(parseVersion('ClamAV 1.4.6')).toEqual({ engine: '1.4.6', database: null, databaseDate: null });
  });

  it.each(['', 'OK', 'ClamAV', 'ClamAV 1.4.6/abc', 'ClamAV 1.4.6/27500/Fri\nNov', 'ClamAV 1.4.6/4294967295/invalid'])(
    'refuses %j',
    (text) => expect(() => parseVersion(text)).toThrow(),
  );
});

describe('describe() of the clamav probe', () => {
  const problem = async (settings: Parameters<typeof openProbe>[0]) => {
    const health = await openProbe(settings, openFolder()).describe(patience());
    expect(health.state).toBe('not_ready');
    return health.problem ?? '';
  };

  it('names a socket that is missing, and the next step', async () => {
    expect(await problem({ socket: '/nonexistent/clamd.ctl' })).toMatch(
      /\/nonexistent\/clamd\.ctl.*does not exist; start/,
    );
  });

  it('names a file that is no socket', async () => {
    const path = join(openFolder(), 'file');
    writeFileSync(path, '');
    expect(await problem({ socket: path })).toContain(path);
  });

  it('names host and port that nobody listens on', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    await new Promise((resolve) => server.close(resolve));
    expect(await problem({ host: '127.0.0.1', port })).toMatch(new RegExp(`127\\.0\\.0\\.1:${port}.*nobody listens`));
  });

  it('is not ready for a server that answers PONG to everything', async () => {
    const server = createServer((socket) => socket.on('data', () => socket.write('PONG\0'))).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    expect(await problem({ host: '127.0.0.1', port })).toContain('PONG');
    server.close();
  });

  it('says that bytes leave the machine only when they do', () => {
    const privacy = (host?: string) =>
      createClamavProbe(host === undefined ? undefined : { host, timeoutSeconds: 1 }, { stagingDirs: [] }).manifest
        .privacy;
    expect([privacy(), privacy('127.0.0.1'), privacy('localhost'), privacy('::1')]).toEqual(Array(4).fill('local'));
    expect([privacy('av.example.org'), privacy('10.0.0.1'), privacy('127.example.org')]).toEqual(
      Array(3).fill('uploads-bytes'),
    );
  });
});

describe('results of clamav that may be used again', () => {
  /** The `options` of a probe on a clamd that tells its daily database as version, with these files of signatures. */
  async function optionsWith(files: readonly string[] | null, more = ''): Promise<string | null> {
    const folder = openFolder();
    const signatures = join(folder, 'signatures');
    mkdirSync(signatures);
    for (const name of files ?? []) writeFileSync(join(signatures, name), '');
    if (files === null) rmSync(signatures, { recursive: true });
    const configFile = join(folder, 'clamd.conf');
    writeFileSync(configFile, `DatabaseDirectory ${signatures}\n${more}`);
    const port = await startScripted(() => undefined);
    const probe = openProbe({ host: '127.0.0.1', port, configFile }, folder);
    expect(await probe.describe(patience())).toMatchObject({ state: 'ready', databaseVersion: '27500' });
    return probe.manifest.options;
  }

  it('are those of official signatures alone, under one configuration', async () => {
    const official = ['daily.cld', 'main.cvd', 'bytecode.cvd', 'freshclam.dat', 'daily-27500.cvd.sign'];
    const options = await optionsWith(official);
    expect(options).not.toBeNull();
    expect(await optionsWith(official, 'AlertExceedsMax yes\n')).not.toBe(options);
  });

  it('are none where signatures of its own change nothing in the version that it tells', async () => {
    expect(await optionsWith(['daily.cld', 'main.cvd', 'mine.ndb'])).toBeNull();
  });

  it('are none where its signatures cannot be seen', async () => {
    expect(await optionsWith(null)).toBeNull();
    const probe = openProbe({ host: '127.0.0.1', port: await startScripted(() => undefined) }, openFolder());
    expect(await probe.describe(patience())).toMatchObject({ state: 'ready', databaseVersion: '27500' });
    expect(probe.manifest.options).toBeNull();
  });
});
