import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { scanInTime } from '../../../../src-main/pipeline/scan-in-time';
import { findsCanary, startScripted } from '../../../support/scripted-clamd';
import { CONTEXT, openFolder, openProbe, outcome, patience, staged } from './support';

const overlooksCanary = (socket: Socket) => socket.end('stream: OK\0');

/** A probe on a clamd that calls every file clean; `canary` says what it answers to canaries now. */
async function openOnClean(answersAfterMs = 0) {
  const clamd = { canary: findsCanary as (socket: Socket) => unknown, canaries: 0 };
  const stream = (socket: Socket) => {
    clamd.canaries += 1;
    clamd.canary(socket);
  };
  const ok = (socket: Socket, id: number, path: string) => socket.write(`${id}: ${path}: OK\0`);
  const port = await startScripted((...asked) => setTimeout(ok, answersAfterMs, ...asked), stream);
  const staging = openFolder();
  const probe = openProbe({ host: '127.0.0.1', port }, staging);
  expect(await probe.describe(patience())).toMatchObject({ state: 'ready' });
  const item = staged(staging, 'harmless', Buffer.from('harmless'));
  return { clamd, probe, item, scan: () => outcome(probe, item) };
}

it('an OK that comes alone counts only when a canary that began behind it is found', async () => {
  const { clamd, scan } = await openOnClean();
  const before = clamd.canaries;
  expect(await scan()).toBe('clean');
  expect(clamd.canaries).toBe(before + 1);
  clamd.canary = overlooksCanary;
  expect(await scan()).toBe('PROBE_UNAVAILABLE');
});

it('clamd finds some canaries in a row and then one a second, however many files end', async () => {
  const { clamd, scan } = await openOnClean();
  const [before, began] = [clamd.canaries, performance.now()];
  for (let n = 0; n < 60; n += 1) expect(await scan()).toBe('clean');
  const seconds = Math.ceil((performance.now() - began) / 1000);
  expect(clamd.canaries - before).toBeLessThanOrEqual(5 + seconds);
});

it('no OK counts behind an overlooked canary until one is found, also where they were many of late', async () => {
  const { clamd, scan } = await openOnClean();
  for (let n = 0; n < 10; n += 1) expect(await scan()).toBe('clean');
  clamd.canary = overlooksCanary;
  await expect.poll(scan, { timeout: 20_000 }).toBe('PROBE_UNAVAILABLE');
  for (let n = 0; n < 5; n += 1) expect(await scan()).toBe('PROBE_UNAVAILABLE');
  clamd.canary = findsCanary;
  expect(await scan()).toBe('clean');
});

it('a look that gets no answer is the lateness of clamd, to be tried again, and not of the file', async () => {
  const { clamd, probe, item } = await openOnClean();
  clamd.canary = () => undefined;
  const limits = { ...CONTEXT.limits, seconds: 2 };
  const scan = scanInTime(probe, item, { ...CONTEXT, limits }, limits.seconds * 1000, patience());
  await expect(scan).rejects.toMatchObject({ code: 'PROBE_UNAVAILABLE', message: expect.stringContaining('busy') });
});

it('the time that a look takes is none of the file', async () => {
  const { clamd, probe, item } = await openOnClean(800);
  clamd.canary = (socket) => setTimeout(() => findsCanary(socket), 800);
  const scan = scanInTime(probe, item, CONTEXT, 1200, patience());
  await expect(scan).resolves.toMatchObject({ statement: 'nothing_found' });
});
