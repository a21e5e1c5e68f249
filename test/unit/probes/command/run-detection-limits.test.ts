// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to variables are what is tested
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { DropgateError } from '../../../../src-main/base/errors';
import { describeWith } from '../../../support/components';
import { never, Place, processesWith } from './support';

describe('limits', () => {
  test('the deadline ends the whole process group, is not tried again, and nothing is left', async () => {
    const place = new Place();
    const { runDetection } = place.runner({ timeoutMs: 500 });
    const environ = { MARK: `deadline-${place.folder}` };
    const result = await runDetection(
      place.request({ environ, scripts: ['sleep 600 & sleep 600 | sleep 600'] }),
      never,
    );
    expect(result.failed).toMatchObject({
      step: 'scripts',
      attempt: 1,
      reason: 'timeout',
      message: 'it did not end within 0.5 s',
    });
    expect(processesWith(environ.MARK)).toEqual([]);
    expect(place.runFolders()).toEqual([]);
  });

  test('what a command leaves in the background ends with it, also a daemon that left its group', async () => {
    const place = new Place();
    const environ = { MARK: `left-${place.folder}` };
    const leave =
      'sleep 600 & setsid sh -c "sleep 600 & sleep 600" & exec >/dev/null 2>&1; (setsid sleep 600 &); sleep 0.2';
    const result = await place
      .runner()
      .runDetection(place.request({ environ, scripts: [leave], report: ['true'] }), never);
    expect(result.reported).toBe(true);
    expect(processesWith(environ.MARK)).toEqual([]);
  });

  test('too much output, on either stream: ended, not tried again', async () => {
    const place = new Place();
    const { runDetection } = place.runner({ outputBytes: 1000 });
    for (const report of ['yes', 'yes >&2']) {
      const { failed } = await runDetection(place.request({ report }), never);
      expect(failed).toMatchObject({ attempt: 1, reason: 'limit', message: 'it wrote more than 1000 bytes of output' });
    }
    expect((await runDetection(place.request({ report: ['printf', '%1000s', 'x'] }), never)).output).toHaveLength(1000);
  });

  test('a cancelled detection rejects with the reason, when all of it is gone', async () => {
    const place = new Place();
    const { runDetection } = place.runner();
    const controller = new AbortController();
    const environ = { MARK: `cancel-${place.folder}` };
    const run = runDetection(
      place.request({ environ, scripts: [`touch ${JSON.stringify(place.at('on'))}; sleep 600`] }),
      controller.signal,
    );
    await vi.waitFor(() => expect(existsSync(place.at('on'))).toBe(true), 10_000);
    controller.abort(new DropgateError('CANCELLED', 'not wanted any more'));
    await expect(run).rejects.toThrow('not wanted any more');
    expect(processesWith(environ.MARK)).toEqual([]);
    expect(place.runFolders()).toEqual([]);
  });

  test('close() ends what runs and what waits for its installation; later requests reject', async () => {
    const place = new Place();
    const runner = place.runner();
    const request = () => place.request({ install: ['sleep 600'] });
    const runs = [1, 2, 3].map(() => runner.runDetection(request(), never));
    const ends = Promise.allSettled(runs);
    await vi.waitFor(() => expect(place.runFolders()).toHaveLength(1), 10_000);
    await runner.close();
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(runner.runDetection(request(), never)).rejects.toThrow('closed');
    expect(place.runFolders()).toEqual([]);
  });

  test('what an engine that died left behind goes with the first detection: processes and folders', async () => {
    const place = new Place();
    const marker = '11111111-2222-4333-8444-555555555555';
    mkdirSync(join(place.runs, marker, 'work'), { recursive: true });
    const { spawn } = await import('node:child_process');
    const stray = spawn('sleep', ['600'], { env: { ...process.env, DROPGATE_RUN: marker }, stdio: 'ignore' });
    const gone = new Promise((resolve) => stray.once('exit', (_code, signal) => resolve(signal)));
    await place.runner().runDetection(place.request(), never);
    expect(await gone).toBe('SIGKILL');
    expect(place.runFolders()).toEqual([]);
  });

  test('folders that a command made read-only, and links, are removed too, and what links lead to stays', async () => {
    const place = new Place();
    writeFileSync(place.at('kept'), 'kept');
    const environ = { KEPT: place.folder };
    const scripts = ['mkdir -p a/b && ln -s ${KEPT} a/link && touch a/b/c && chmod 500 a/b a'];
    expect((await place.runner().runDetection(place.request({ environ, scripts }), never)).reported).toBe(true);
    expect(place.runFolders()).toEqual([]);
    expect(place.text('kept')).toBe('kept');
  });

  test('only so many logs are kept, the newest', async () => {
    const place = new Place();
    for (let number = 0; number < 12; number += 1) {
      await place.runner({ logFiles: 5 }).runDetection(place.request(), never);
    }
    expect(place.logNames()).toHaveLength(6); // pruned before the last was written
  });
});

describe('processes that may not be ended, as those of another user', () => {
  /** As the system answers for a process group in which no process may be signalled. */
  const refuseGroups = () => {
    const kill = process.kill;
    const refused = vi.spyOn(process, 'kill').mockImplementation((pid, signal) => {
      if (pid < 0) throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
      return kill.call(process, pid, signal);
    });
    onTestFinished(() => refused.mockRestore());
  };

  test('left in the background: the detection fails, whatever the command answered, and is not tried again', async () => {
    const place = new Place();
    refuseGroups();
    const { failed } = await place.runner().runDetection(place.request({ report: 'sleep 600 & exit 0' }), never);
    const message = 'it left processes that may not be ended';
    expect(failed).toEqual({ step: 'report', number: 1, attempt: 1, reason: 'left', message });
  });

  test('a command that goes on after its deadline is not waited for', async () => {
    const place = new Place();
    refuseGroups();
    const { failed } = await place
      .runner({ timeoutMs: 200 })
      .runDetection(place.request({ report: 'sleep 600' }), never);
    expect(failed).toMatchObject({ reason: 'timeout', attempt: 1 });
  });

  test('one that writes on is not waited for either', async () => {
    const place = new Place();
    refuseGroups();
    const report = 'trap "" PIPE; yes; sleep 600';
    const { failed } = await place.runner({ outputBytes: 1000 }).runDetection(place.request({ report }), never);
    expect(failed).toMatchObject({ reason: 'left', attempt: 1 });
  });
});

describeWith(['prlimit', 'python3'], 'limits of the system', () => {
  test('memory: a program that takes more fails', async () => {
    const place = new Place();
    const report = ['python3', '-c', 'x = bytearray(300 * 1024 * 1024); print(len(x))'];
    const { runDetection } = place.runner({ memoryBytes: 200 * 1024 ** 2, maxAttempts: 1 });
    expect((await runDetection(place.request({ report }), never)).failed?.message).toContain('MemoryError');
    expect(
      (await place.runner({ memoryBytes: 400 * 1024 ** 2 }).runDetection(place.request({ report }), never)).reported,
    ).toBe(true);
  });

  test('bounds that cannot be set are no answer, although their exit code is one', async () => {
    const place = new Place();
    writeFileSync(place.at('prlimit'), '#!/bin/sh\necho "prlimit: failed to set the DATA limit" >&2; exit 1\n', {
      mode: 0o755,
    });
    vi.stubEnv('PATH', `${place.folder}:${process.env.PATH}`);
    const { failed } = await place.runner().runDetection(place.request({ answers: [0, 1] }), never);
    vi.unstubAllEnvs();
    expect(failed).toMatchObject({ reason: 'missing', attempt: 1, message: 'prlimit: failed to set the DATA limit' });
  });

  test('a file that is larger than it may be ends the program', async () => {
    const place = new Place();
    const { runDetection } = place.runner({ writtenBytes: 100_000 });
    const { failed } = await runDetection(place.request({ report: 'exec head -c 200000 /dev/zero > big' }), never);
    expect(failed).toMatchObject({ reason: 'limit', message: 'it wrote a file that is larger than it may be' });
  });
});
