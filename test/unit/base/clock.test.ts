import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { sleep, systemClock } from '../../../src-main/base/clock';
import { tempFolder } from '../../support/temp-folder';

describe('sleep', () => {
  it('resolves when its time is over', async () => {
    await expect(sleep(1)).resolves.toBeUndefined();
  });

  it('rejects with the reason when the signal aborts first', async () => {
    const controller = new AbortController();
    const asleep = sleep(60_000, controller.signal);
    controller.abort(new Error('wake up'));
    await expect(asleep).rejects.toThrow('wake up');
  });

  it('rejects at once when the signal had aborted before', async () => {
    await expect(sleep(60_000, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });

  it('leaves nothing behind on a signal that outlives it', async () => {
    const controller = new AbortController();
    await sleep(1, controller.signal);
    controller.abort(new Error('nobody is there'));
  });
});

describe('systemClock', () => {
  it('counts on, whatever the time of day does', () => {
    const before = systemClock.monotonic();
    expect(systemClock.monotonic()).toBeGreaterThanOrEqual(before);
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(60_000);
  });

  it('is set by the file that the fault suites name', async () => {
    const file = join(tempFolder(), 'shift');
    writeFileSync(file, '-86400000');
    vi.stubEnv('DROPGATE_FAULT_CLOCK', file);
    vi.resetModules();
    const { systemClock: shifted } = await import('../../../src-main/base/clock');
    expect(Math.abs(shifted.now() + 86_400_000 - Date.now())).toBeLessThan(60_000);
    writeFileSync(file, '0');
    expect(Math.abs(shifted.now() - Date.now())).toBeLessThan(60_000);
    vi.unstubAllEnvs();
    vi.resetModules();
  });
});
