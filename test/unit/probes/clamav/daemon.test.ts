import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { type Clamd, startClamd } from '../../../support/clamd';
import { describeWith, findComponent } from '../../../support/components';
import { EICAR } from '../../../support/temp-folder';
import { CONTEXT, itemAt, openFolder, openProbe, outcome, patience, staged } from './support';

const MIB = 1024 ** 2;

async function clamd(options: Parameters<typeof startClamd>[0] = {}): Promise<Clamd> {
  const daemon = await startClamd(options);
  onTestFinished(() => daemon.stop());
  return daemon;
}

/** A clamd that gave up root for the user that its package makes. */
async function clamdOfAnotherUser(): Promise<{ daemon: Clamd; gid: number }> {
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'clamav'])));
  if (uid === undefined || gid === undefined) throw new Error('there is no user clamav');
  const folder = openFolder();
  chownSync(folder, uid, gid);
  return { daemon: await clamd({ folder, extra: ['User clamav', 'LocalSocketMode 666'] }), gid };
}

/** A PDF with one compressed stream. */
function pdfWith(content: Buffer): Buffer {
  const stream = deflateSync(content);
  const head = `%PDF-1.4\n1 0 obj<</Length ${stream.length}/Filter/FlateDecode>>stream\n`;
  return Buffer.concat([Buffer.from(head), stream, Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')]);
}

const isRoot = process.getuid?.() === 0;

describeWith(['clamd'], 'clamav probe with a real clamd', () => {
  it('is ready, names versions and limit, and reads staged files by their path', async () => {
    const daemon = await clamd();
    const probe = openProbe({ socket: daemon.socket, configFile: daemon.configFile }, openFolder());
    const health = await probe.describe(patience());
    expect(health).toMatchObject({ state: 'ready', problem: null, databaseVersion: null, databaseDate: null });
    expect(health.engineVersion).toMatch(/^\d+\.\d+/);
    expect(health.maxBytes).toBe(100 * MIB);
    expect(health.notes).toEqual([]);
  });

  it.each(['unix', 'tcp'])('tells EICAR from harmless, empty and oddly named files over %s', async (kind) => {
    const daemon = await clamd();
    const staging = openFolder();
    const settings = kind === 'unix' ? { socket: daemon.socket } : { host: '127.0.0.1', port: daemon.port };
    const probe = openProbe(settings, staging);
    expect(await outcome(probe, staged(staging, 'a', Buffer.from('harmless')))).toBe('clean');
    expect(await outcome(probe, staged(staging, 'b', Buffer.alloc(0)))).toBe('clean');
    expect(await outcome(probe, staged(staging, 'x: OK', EICAR))).toBe('malicious');
    expect(await outcome(probe, staged(staging, 'é ü 日本 FOUND', EICAR))).toBe('malicious');
    const report = await probe.scan(staged(staging, 'c', EICAR), CONTEXT, patience());
    expect(report.findings).toEqual([expect.objectContaining({ probe: 'clamav', guidance: ['malware-found'] })]);
    expect(report.findings[0]?.name).toContain('EICAR-Test');
  });

  it('answers each of many files scanned at once with its own result', async () => {
    const daemon = await clamd();
    const staging = openFolder();
    const probe = openProbe({ socket: daemon.socket }, staging);
    const items = Array.from({ length: 300 }, (_, index) =>
      staged(staging, `f${index}`, index % 7 === 0 ? EICAR : randomBytes(500)),
    );
    const ends = await Promise.all(items.map((item) => outcome(probe, item)));
    expect(ends).toEqual(items.map((_, index) => (index % 7 === 0 ? 'malicious' : 'clean')));
  });

  it.runIf(isRoot)('sends files as a stream when clamd is another user that cannot read the folder', async () => {
    const { daemon } = await clamdOfAnotherUser();
    const staging = openFolder();
    chmodSync(staging, 0o700);
    const probe = openProbe({ socket: daemon.socket, configFile: daemon.configFile }, staging);
    const health = await probe.describe(patience());
    expect(health.state).toBe('ready');
    expect(health.notes.join()).toContain('INSTREAM');
    expect(await outcome(probe, staged(staging, 'a', randomBytes(3 * MIB)))).toBe('clean');
    expect(await outcome(probe, staged(staging, 'b', EICAR))).toBe('malicious');
    expect(await outcome(probe, itemAt(join(staging, 'gone')))).toBe('SOURCE_UNREADABLE');
    expect(await outcome(probe, { ...staged(staging, 'c', Buffer.from('12345')), size: 9 })).toBe('SOURCE_CHANGED');
    expect(await outcome(probe, { ...staged(staging, 'd', Buffer.from('12345')), size: 2 })).toBe('SOURCE_CHANGED');
  });

  it.runIf(isRoot)('sends single files that clamd cannot read as a stream', async () => {
    const { daemon, gid } = await clamdOfAnotherUser();
    const staging = openFolder();
    mkdirSync(join(staging, 'clamav-canary'));
    chmodSync(staging, 0o755);
    chownSync(join(staging, 'clamav-canary'), 0, gid);
    chmodSync(join(staging, 'clamav-canary'), 0o2750);
    const probe = openProbe({ socket: daemon.socket, configFile: daemon.configFile }, staging);
    expect((await probe.describe(patience())).notes.join()).not.toContain('INSTREAM');
    const item = staged(staging, 'private', EICAR);
    chmodSync(item.path, 0o600);
    expect(await outcome(probe, item)).toBe('malicious');
  });

  it('takes over-limit and encrypted alerts as coverage, not as malware', async () => {
    const daemon = await clamd({ extra: ['MaxFileSize 4M', 'MaxScanSize 4M'] });
    const staging = openFolder();
    const probe = openProbe({ socket: daemon.socket, configFile: daemon.configFile }, staging);
    expect((await probe.describe(patience())).maxBytes).toBe(4 * MIB - 1024);
    expect(await outcome(probe, staged(staging, 'large', Buffer.alloc(5 * MIB)))).toBe('limit_exceeded');
    expect(await outcome(probe, staged(staging, 'fits', Buffer.alloc(3 * MIB)))).toBe('clean');
  });

  it.each([
    ['unreadable clamd.conf', 300 * 1024, '2M'],
    ['unreadable clamd.conf', 3 * MIB, '2M'],
    ['unreadable clamd.conf', 900 * 1024, '500k'],
    ['unreadable clamd.conf', 40 * 1024, '30k'],
  ])('%s: never calls %i bytes clean that a clamd with MaxFileSize %s skips silently', async (_what, size, limit) => {
    const daemon = await clamd({ extra: [`MaxFileSize ${limit}`, 'AlertExceedsMax no'] });
    const staging = openFolder();
    const probe = openProbe({ socket: daemon.socket }, staging);
    const infected = Buffer.concat([Buffer.alloc(size - EICAR.length, ' '), EICAR]);
    const fits = size < Number.parseInt(limit, 10) * (limit.endsWith('M') ? MIB : 1024);
    expect(await outcome(probe, staged(staging, 'a', infected))).toBe(fits ? 'malicious' : 'limit_exceeded');
    const health = await probe.describe(patience());
    if (!fits) expect(health.notes.join()).toContain('MaxFileSize');
    if (!fits) expect(health.maxBytes).toBeLessThan(size);
  });

  it.each(['no', 'yes'])('never passes what clamd left out of a PDF, with AlertExceedsMax %s', async (alert) => {
    const daemon = await clamd({ extra: ['MaxFileSize 1M', `AlertExceedsMax ${alert}`] });
    const staging = openFolder();
    const probe = openProbe({ socket: daemon.socket }, staging);
    const bomb = pdfWith(Buffer.concat([Buffer.alloc(2 * MIB), EICAR]));
    expect(await outcome(probe, staged(staging, 'bomb', bomb))).toBe(alert === 'yes' ? 'limit_exceeded' : 'partial');
    expect(await outcome(probe, staged(staging, 'bad', pdfWith(EICAR)))).toBe('malicious');
    const good = staged(staging, 'good', pdfWith(Buffer.from('good')));
    expect(await outcome(probe, good)).toBe(alert === 'yes' ? 'clean' : 'partial');
    expect(await outcome(probe, staged(staging, 'text', Buffer.from('good')))).toBe('clean');
    const { notes } = await probe.describe(patience());
    expect(notes.join().includes('AlertExceedsMax')).toBe(alert === 'no');
  });

  it('does not believe an OK that took as long as MaxScanTime while AlertExceedsMax is off', async () => {
    const daemon = await clamd({ extra: ['MaxScanTime 1', 'AlertExceedsMax no', 'DisableCache yes'] });
    const staging = openFolder();
    const probe = openProbe({ socket: daemon.socket, configFile: daemon.configFile }, staging);
    const bytes = Buffer.concat(Array.from({ length: 8 }, () => randomBytes(MIB)));
    expect(await outcome(probe, staged(staging, 'slow', bytes))).not.toBe('clean');
  });

  it('asks again on a new session after clamd was killed and started again', async () => {
    const folder = openFolder();
    const first = await startClamd({ folder });
    const staging = openFolder();
    const probe = openProbe({ socket: first.socket }, staging);
    expect(await outcome(probe, staged(staging, 'a', EICAR))).toBe('malicious');
    await first.stop();
    expect(await outcome(probe, staged(staging, 'b', Buffer.from('b')))).toBe('PROBE_UNAVAILABLE');
    expect((await probe.describe(patience())).problem).toMatch(/clamd\.sock cannot be reached: .*start clamd/);
    await clamd({ folder });
    expect(await outcome(probe, staged(staging, 'c', EICAR))).toBe('malicious');
    expect(await probe.describe(patience())).toMatchObject({ state: 'ready' });
  });

  it('never calls a file clean, nor leaves one without an end, when clamd dies in the middle', async () => {
    const folder = openFolder();
    const daemon = await startClamd({ folder });
    const staging = openFolder();
    const probe = openProbe({ socket: daemon.socket }, staging);
    await probe.describe(patience());
    const items = Array.from({ length: 100 }, (_, index) => staged(staging, `f${index}`, EICAR));
    const ends = items.map((item) => outcome(probe, item));
    await ends[0];
    await daemon.stop();
    const codes = new Set(await Promise.all(ends));
    for (const code of codes) expect(['malicious', 'PROBE_UNAVAILABLE', 'PROBE_DIED', 'PROBE_FAILED']).toContain(code);
  });

  it('gives up at its own deadline on a clamd that stands still, and works again afterwards', async () => {
    const daemon = await clamd();
    const staging = openFolder();
    const probe = openProbe({ socket: daemon.socket, timeoutSeconds: 1 }, staging);
    await probe.describe(patience());
    daemon.process.kill('SIGSTOP');
    expect(await outcome(probe, staged(staging, 'a', EICAR))).toBe('PROBE_TIMEOUT');
    daemon.process.kill('SIGCONT');
    expect(await outcome(probe, staged(staging, 'b', EICAR))).toBe('malicious');
  });

  it('ends promptly when its signal aborts, and goes on with the next file', async () => {
    const daemon = await clamd();
    const staging = openFolder();
    const probe = openProbe({ socket: daemon.socket }, staging);
    await probe.describe(patience());
    daemon.process.kill('SIGSTOP');
    const cancel = new AbortController();
    const late = outcome(probe, staged(staging, 'a', EICAR), cancel.signal);
    cancel.abort();
    expect(await late).toBe('CANCELLED');
    daemon.process.kill('SIGCONT');
    expect(await outcome(probe, staged(staging, 'b', EICAR))).toBe('malicious');
    expect(await outcome(probe, staged(staging, 'c', EICAR), AbortSignal.abort())).toBe('CANCELLED');
  });

  it('keeps a session over RELOAD and an expired one', async () => {
    const daemon = await clamd({ extra: ['ReadTimeout 2', 'CommandReadTimeout 2'] });
    const staging = openFolder();
    const probe = openProbe({ socket: daemon.socket }, staging);
    for (let round = 0; round < 3; round += 1) {
      expect(await outcome(probe, staged(staging, 'a', EICAR))).toBe('malicious');
      if (round === 0) execFileSync('clamdscan', ['--config-file', daemon.configFile, '--reload']);
      await new Promise((resolve) => setTimeout(resolve, 2300));
    }
  });

  it('is not ready when a broken database leaves clamd without an engine', async () => {
    const daemon = await clamd({ extra: ['ConcurrentDatabaseReload no'] });
    const staging = openFolder();
    const probe = openProbe({ socket: daemon.socket }, staging);
    await probe.describe(patience());
    writeFileSync(join(daemon.databaseDir, 'broken.ndb'), 'this is no signature\n');
    execFileSync('clamdscan', ['--config-file', daemon.configFile, '--reload']);
    await expect.poll(async () => (await probe.describe(patience())).state, { timeout: 50_000 }).toBe('not_ready');
    expect(await outcome(probe, staged(staging, 'a', Buffer.from('a')))).not.toBe('clean');
  }, 60_000);

  it.each(['unix', 'tcp'])(
    'believes no OK of a clamd that lost its signatures since it was described, over %s',
    async (kind) => {
      const daemon = await clamd();
      const staging = openFolder();
      const settings = kind === 'unix' ? { socket: daemon.socket } : { host: '127.0.0.1', port: daemon.port };
      const probe = openProbe(settings, staging);
      const harmless = staged(staging, 'a', Buffer.from('harmless'));
      expect(await outcome(probe, harmless)).toBe('clean');
      const reload = (signatures: string) => {
        writeFileSync(join(daemon.databaseDir, 'eicar.ndb'), signatures);
        execFileSync('clamdscan', ['--config-file', daemon.configFile, '--reload']);
      };
      reload('Nothing-You-Have:0:*:00112233445566778899aabbccddeeff\n');
      await expect.poll(() => outcome(probe, harmless), { timeout: 20_000 }).toBe('PROBE_UNAVAILABLE');
      expect(await outcome(probe, harmless)).toBe('PROBE_UNAVAILABLE');
      reload(`EICAR-Test:0:*:${EICAR.toString('hex')}\n`);
      await expect.poll(() => outcome(probe, harmless), { timeout: 20_000 }).toBe('clean');
    },
    60_000,
  );

  it('rejects what waits when it is closed', async () => {
    const daemon = await clamd();
    const staging = openFolder();
    const probe = openProbe({ socket: daemon.socket }, staging);
    await probe.describe(patience());
    daemon.process.kill('SIGSTOP');
    const end = outcome(probe, staged(staging, 'a', EICAR));
    await probe.close();
    expect(await end).toBe('PROBE_UNAVAILABLE');
    expect((await probe.describe(patience())).state).toBe('not_ready');
    daemon.process.kill('SIGCONT');
  });

  it('grows no open session while idle files come and go', async () => {
    const daemon = await clamd();
    const staging = openFolder();
    const probe = openProbe({ socket: daemon.socket }, staging);
    appendFileSync(join(staging, 'a'), 'text');
    for (let round = 0; round < 20; round += 1) expect(await outcome(probe, itemAt(join(staging, 'a')))).toBe('clean');
    rmSync(join(staging, 'a'));
    expect(await outcome(probe, itemAt(join(staging, 'a')))).toBe('SOURCE_UNREADABLE');
  });
});

describeWith(['clamd', '7zz', 'zip'], 'clamav probe and encrypted files', () => {
  it.each(['7zz', 'zip'] as const)('a zip encrypted by %s is not covered', async (program) => {
    const daemon = await clamd();
    const staging = openFolder();
    const probe = openProbe({ socket: daemon.socket, configFile: daemon.configFile }, staging);
    const plain = join(staging, 'plain.txt');
    const path = join(staging, `${program}.zip`);
    writeFileSync(plain, 'a secret text that nobody may read');
    const flags = program === '7zz' ? ['a', '-psecret', path, plain] : ['-q', '-P', 'secret', path, plain];
    execFileSync(findComponent(program) ?? program, flags, { stdio: 'ignore' });
    const report = await probe.scan(itemAt(path), CONTEXT, patience());
    expect(report.coverage).toMatchObject({ kind: 'incomplete', reason: 'encrypted' });
    expect(report.findings).toEqual([expect.objectContaining({ severity: 'info', guidance: ['encrypted-file'] })]);
  });
});
