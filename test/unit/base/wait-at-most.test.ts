import { expect, onTestFinished, test, vi } from 'vitest';
import { waitAtMost } from '../../../src-main/base/wait-at-most';

test('what never ends is waited for as long as was said, what ends only until then', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const waited = waitAtMost(2000, new Promise(() => undefined));
  await vi.advanceTimersByTimeAsync(1999);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  await waited;
  await waitAtMost(2000, Promise.resolve());
  await expect(waitAtMost(2000, Promise.reject(new Error('it failed')))).rejects.toThrow('it failed');
  expect(vi.getTimerCount()).toBe(0);
});
