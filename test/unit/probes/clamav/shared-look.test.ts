import { afterEach, expect, it, vi } from 'vitest';
import { SharedLook } from '../../../../src-main/probes/clamav/shared-look';

afterEach(() => vi.useRealTimers());

/** Looks that end when they are told to. */
function looks(restMs = 0) {
  const begun: PromiseWithResolvers<number>[] = [];
  const shared = new SharedLook(() => {
    const look = Promise.withResolvers<number>();
    begun.push(look);
    return look.promise;
  }, restMs);
  return { begun, shared };
}

it('shows nobody what was seen before they asked, and all who wait the same', async () => {
  const { begun, shared } = looks();
  const first = shared.fromNow();
  await vi.waitFor(() => expect(begun).toHaveLength(1));
  const [second, third] = [shared.fromNow(), shared.fromNow()];
  begun[0]?.resolve(1);
  expect(await first).toBe(1);
  await vi.waitFor(() => expect(begun).toHaveLength(2));
  begun[1]?.resolve(2);
  expect(await Promise.all([second, third])).toEqual([2, 2]);
  expect(begun).toHaveLength(2);
});

it('looks again after a look that failed', async () => {
  const { begun, shared } = looks();
  const first = shared.fromNow();
  await vi.waitFor(() => expect(begun).toHaveLength(1));
  const second = shared.fromNow();
  begun[0]?.reject(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await vi.waitFor(() => expect(begun).toHaveLength(2));
  begun[1]?.resolve(2);
  expect(await second).toBe(2);
});

it('rests between two looks, the first of which nobody waits for', async () => {
  vi.useFakeTimers();
  const { begun, shared } = looks(1000);
  const first = shared.fromNow();
  await vi.advanceTimersByTimeAsync(0);
  begun[0]?.resolve(1);
  await first;
  const second = shared.fromNow();
  await vi.advanceTimersByTimeAsync(999);
  expect(begun).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2);
  begun[1]?.resolve(2);
  expect(await second).toBe(2);
});
