import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, describe as suite, test } from 'vitest';
import { entryPath } from '../../../../src-main/base/entries';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { childPids, describe, ENDLESS_RULE, isAlive, openProbe, put, scan, until } from './support';

/** A file that keeps a child busy for ever, and eleven others behind it, every second one EICAR. */
function filesBehindAnEndlessOne(folder: string) {
  const endless = put(folder, 'endless', 'S and so on');
  const others = Array.from({ length: 11 }, (_, n) => put(folder, `f${n}`, n % 2 === 0 ? EICAR : `text ${n}`));
  return { endless, others, expected: others.map((_, n) => (n % 2 === 0 ? 'found' : 'nothing_found')) };
}

function probeWithEndlessRule(folder: string, settings: { processes: number; timeoutSeconds: number }) {
  return openProbe({ ...settings, rules: [put(folder, 'rules/endless.yar', ENDLESS_RULE)] });
}

suite('faults of the yara children', () => {
  test('a child that is killed fails the file it works on; the files behind it are answered by its successor', async () => {
    const folder = tempFolder();
    const probe = probeWithEndlessRule(folder, { processes: 1, timeoutSeconds: 600 });
    const { endless, others, expected } = filesBehindAnEndlessOne(folder);
    await describe(probe);
    const [pid = 0] = childPids();
    const first = scan(probe, endless);
    const rest = Promise.all(others.map((path) => scan(probe, path)));
    setTimeout(() => process.kill(pid, 'SIGKILL'), 300);
    await expect(first).rejects.toMatchObject({ name: 'ProbeError', code: 'PROBE_DIED', retryable: true });
    expect((await rest).map(({ statement }) => statement)).toEqual(expected);
    expect(childPids()).not.toContain(pid);
  });

  test.each([1, 2])('a rule that never ends is cut off after the time limit, with %i processes', async (processes) => {
    const folder = tempFolder();
    const probe = probeWithEndlessRule(folder, { processes, timeoutSeconds: 2 });
    const { endless, others, expected } = filesBehindAnEndlessOne(folder);
    const first = scan(probe, endless);
    const rest = Promise.all(others.map((path) => scan(probe, path)));
    await expect(first).rejects.toMatchObject({ name: 'ProbeError', code: 'PROBE_TIMEOUT' });
    expect((await rest).map(({ statement }) => statement)).toEqual(expected);
    expect(await describe(probe)).toMatchObject({ state: 'ready' });
  });

  test('files behind a slow one are given to another child long before the time limit', async () => {
    const folder = tempFolder();
    const probe = probeWithEndlessRule(folder, { processes: 2, timeoutSeconds: 600 });
    const { endless, others, expected } = filesBehindAnEndlessOne(folder);
    const stop = new AbortController();
    const first = scan(probe, endless, stop.signal);
    const rest = await Promise.all(others.map((path) => scan(probe, path)));
    expect(rest.map(({ statement }) => statement)).toEqual(expected);
    stop.abort();
    await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('an aborted scan rejects at once and frees its child; one that only waits is dropped', async () => {
    const folder = tempFolder();
    const probe = probeWithEndlessRule(folder, { processes: 1, timeoutSeconds: 600 });
    const { endless, others } = filesBehindAnEndlessOne(folder);
    await describe(probe);
    const [pid] = childPids();
    const stop = new AbortController();
    const aborted = [endless, endless, ...others].map((path) => scan(probe, path, stop.signal));
    const kept = scan(probe, put(folder, 'kept', EICAR));
    setTimeout(() => stop.abort(), 100);
    for (const each of aborted) await expect(each).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await kept).toMatchObject({ statement: 'found' });
    expect(childPids()).not.toContain(pid);
    await expect(scan(probe, endless, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('files that wait for rules that were replaced meanwhile are answered also when the last child dies', async () => {
    const folder = tempFolder();
    const probe = probeWithEndlessRule(folder, { processes: 1, timeoutSeconds: 600 });
    await describe(probe);
    const [pid = 0] = childPids();
    const large = scan(probe, put(folder, 'large', Buffer.alloc(9 * 1024 ** 2, 'S')));
    const behind = scan(probe, put(folder, 'behind', EICAR));
    put(folder, 'rules/endless.yar', `${ENDLESS_RULE}\n`);
    await describe(probe);
    process.kill(pid, 'SIGKILL');
    await expect(large).rejects.toMatchObject({ code: 'PROBE_DIED' });
    expect(await behind).toMatchObject({ statement: 'found' });
  });

  test('closing rejects what is open as unavailable: it is not the fault of the file', async () => {
    const folder = tempFolder();
    const probe = probeWithEndlessRule(folder, { processes: 1, timeoutSeconds: 600 });
    await describe(probe);
    const path = put(folder, 'endless', 'S and so on');
    const open = Promise.allSettled([scan(probe, path), scan(probe, path)]);
    setTimeout(() => probe.close(), 100);
    for (const { status, ...rest } of await open) {
      expect({ status, ...rest }).toMatchObject({ status: 'rejected', reason: { code: 'PROBE_UNAVAILABLE' } });
    }
  });

  test('children that cannot start make the probe not ready, and it recovers by itself', async () => {
    const entries = process.env.DROPGATE_ENTRIES;
    const probe = openProbe();
    process.env.DROPGATE_ENTRIES = tempFolder();
    try {
      const health = await describe(probe);
      expect(health).toMatchObject({ state: 'not_ready' });
      expect(health.problem).toContain('the YARA processes do not start (exit code 1');
    } finally {
      process.env.DROPGATE_ENTRIES = entries;
    }
    expect(await describe(probe)).toMatchObject({ state: 'ready' });
  });

  test('a child in the middle of an endless scan ends when the engine is killed', async () => {
    const path = put(tempFolder(), 'endless', 'S and so on');
    const program = `
      const child = require('node:child_process').spawn(process.execPath, [${JSON.stringify(entryPath('yara-child'))}]);
      const rules = [{ label: 'r', text: ${JSON.stringify(ENDLESS_RULE)}, builtIn: false }];
      child.stdin.write(JSON.stringify({ rules }) + '\\n1 11 ${path}\\n');
      child.stdout.once('data', () => console.log(child.pid));
    `;
    const engine = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(engine.stdout, 'data');
    const pid = Number(String(line));
    expect(isAlive(pid)).toBe(true);
    engine.kill('SIGKILL');
    await until(() => !isAlive(pid));
  });
});
