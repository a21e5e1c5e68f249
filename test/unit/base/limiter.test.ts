import { describe, expect, it } from 'vitest';
import { Limiter } from '../../../src-main/base/limiter';

/** Work that a test ends by hand. */
function gateWork() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { work: () => promise, end: resolve };
}

describe('Limiter', () => {
  it('never runs more than its slots at once, and the others in order', async () => {
    const limiter = new Limiter(2);
    const started: number[] = [];
    let running = 0;
    let most = 0;
    const task = (index: number) => async () => {
      started.push(index);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return index;
    };
    const results = await Promise.all([0, 1, 2, 3, 4, 5].map((index) => limiter.run(task(index))));
    expect(results).toEqual([0, 1, 2, 3, 4, 5]);
    expect(started).toEqual([0, 1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('gives the slot back when the work fails', async () => {
    const limiter = new Limiter(1);
    await expect(limiter.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await limiter.run(() => Promise.resolve('yes'))).toBe('yes');
  });

  it('rejects what waits when its signal aborts, without running it or losing the slot', async () => {
    const limiter = new Limiter(1);
    const first = gateWork();
    const running = limiter.run(first.work);
    const controller = new AbortController();
    let ran = false;
    const waiting = limiter.run(() => {
      ran = true;
      return Promise.resolve();
    }, controller.signal);
    const behind = limiter.run(() => Promise.resolve('behind'));
    controller.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
    first.end();
    await running;
    expect(await behind).toBe('behind');
    expect(ran).toBe(false);
    expect(await limiter.run(() => Promise.resolve('free'))).toBe('free');
  });

  it('rejects at once when its signal has aborted before', async () => {
    const limiter = new Limiter(1);
    await expect(limiter.run(() => Promise.resolve(), AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
    expect(await limiter.run(() => Promise.resolve('free'))).toBe('free');
  });
});
