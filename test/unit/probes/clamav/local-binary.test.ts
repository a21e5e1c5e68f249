import { chmodSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeWith, findComponent } from '../../../support/components';
import { EICAR } from '../../../support/temp-folder';
import { itemAt, openFolder, openProbe, outcome, patience, staged } from './support';

/** An executable script that stands for clamscan, or calls it. `$last` is the file that it is asked about. */
function script(folder: string, body: string): string {
  const path = join(folder, 'clamscan');
  const version = 'if [ "$last" = --version ]; then echo "ClamAV 1.4.6/27500/Fri Nov 20 08:24:11 2026"; exit 0; fi';
  const canary = 'case "$last" in *clamav-canary*) echo "$last: Eicar-Test FOUND"; exit 1;; esac';
  writeFileSync(path, `#!/bin/sh\nfor last in "$@"; do :; done\n${version}\n${canary}\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** The real clamscan with a database of one signature. */
function realClamscan(folder: string): string {
  const path = join(folder, 'clamscan');
  writeFileSync(join(folder, 'eicar.ndb'), `EICAR-Test:0:*:${EICAR.toString('hex')}\n`);
  writeFileSync(path, `#!/bin/sh\nexec ${findComponent('clamscan')} --database=${folder}/eicar.ndb "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

describeWith(['clamscan'], 'clamav probe with the real local program', () => {
  it('tells EICAR from harmless and empty files, and says that it is slow', async () => {
    const folder = openFolder();
    const staging = openFolder();
    const probe = openProbe({ socket: join(folder, 'no.sock'), binary: realClamscan(folder) }, staging);
    const health = await probe.describe(patience());
    expect(health).toMatchObject({ state: 'ready', databaseVersion: null, maxBytes: 25 * 1024 ** 2 });
    expect(health.engineVersion).toMatch(/^clamscan \d/);
    expect(health.notes.join()).toContain('slow');
    expect(await outcome(probe, staged(staging, 'a', Buffer.from('harmless')))).toBe('clean');
    expect(await outcome(probe, staged(staging, 'b', EICAR))).toBe('malicious');
    expect(await outcome(probe, staged(staging, 'c', Buffer.alloc(0)))).toBe('clean');
    expect(await outcome(probe, staged(staging, 'd', Buffer.alloc(100_000)))).toBe('clean');
    expect(await outcome(probe, itemAt(join(staging, 'gone')))).toMatch(/PROBE_FAILED/);
    const large = staged(staging, 'e', Buffer.alloc(1));
    truncateSync(large.path, 26 * 1024 ** 2);
    expect(await outcome(probe, itemAt(large.path))).toBe('limit_exceeded');
  });

  it('is not ready without a signature database', async () => {
    const folder = openFolder();
    const path = join(folder, 'clamscan');
    writeFileSync(path, `#!/bin/sh\nexec ${findComponent('clamscan')} --database=${folder}/none "$@"\n`);
    chmodSync(path, 0o755);
    const health = await openProbe({ socket: '/nonexistent', binary: path }, openFolder()).describe(patience());
    expect(health.state).toBe('not_ready');
    expect(health.problem).toContain('freshclam');
  });
});

describe('clamav probe and the local program', () => {
  it('says what to install or set when there is neither daemon nor program', async () => {
    const probe = openProbe({ socket: '/nonexistent/clamd.sock', binary: '/nonexistent/clamscan' }, openFolder());
    const { state, problem } = await probe.describe(patience());
    expect(state).toBe('not_ready');
    expect(problem).toMatch(/\/nonexistent\/clamd\.sock.*install clamav-daemon.*probes\.clamav\.socket/);
    expect(await outcome(probe, itemAt('/nonexistent/file'))).toBe('PROBE_UNAVAILABLE');
  });

  it('does not use the local program when a socket is configured and no program is', async () => {
    const probe = openProbe({ socket: '/nonexistent/clamd.sock' }, openFolder());
    expect((await probe.describe(patience())).problem).not.toContain('clamscan');
  });

  it.each([
    ['nothing at all', 'exit 0'],
    ['exit 2 with OK', 'echo "$last: OK"; exit 2'],
    ['exit 1 without a name', 'echo "$last: OK"; exit 1'],
    ['another text', 'echo "$last: fine"; exit 0'],
    ['an error', 'echo "$last: Access denied ERROR"; exit 0'],
    ['a crash', 'kill -SEGV $$'],
    ['an answer without end', 'yes "$last: OK" | head -c 3000000'],
  ])('takes %s for no clean answer', async (_what, body) => {
    const folder = openFolder();
    const staging = openFolder();
    const probe = openProbe({ socket: '/nonexistent', binary: script(folder, body) }, staging);
    expect((await probe.describe(patience())).state).toBe('ready');
    expect(await outcome(probe, staged(staging, 'a', Buffer.from('a')))).toMatch(/^PROBE_(BAD_REPLY|FAILED)$/);
  });

  it('kills a program that does not end at the deadline', async () => {
    const folder = openFolder();
    const staging = openFolder();
    const body = `echo $$ > ${folder}/pid; exec sleep 600`;
    const settings = { socket: '/nonexistent', binary: script(folder, body), timeoutSeconds: 1 };
    const probe = openProbe(settings, staging);
    expect(await outcome(probe, staged(staging, 'a', Buffer.from('a')))).toBe('PROBE_TIMEOUT');
    const pid = readFileSync(join(folder, 'pid'), 'utf8').trim();
    await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 10_000 }).toBe(false);
  });

  it('kills what runs when it is closed', async () => {
    const folder = openFolder();
    const staging = openFolder();
    const probe = openProbe(
      { socket: '/nonexistent', binary: script(folder, `echo $$ > ${folder}/pid; exec sleep 600`) },
      staging,
    );
    await probe.describe(patience());
    const end = outcome(probe, staged(staging, 'a', Buffer.from('a')));
    await expect.poll(() => existsSync(join(folder, 'pid')), { timeout: 10_000 }).toBe(true);
    await probe.close();
    expect(await end).toBe('PROBE_UNAVAILABLE');
  });
});
