import { expect, it, onTestFinished } from 'vitest';
import { whileWanted } from '../../../src-main/probes/deadline';

it.each(['before it is waited for', 'meanwhile'])(
  'a promise that nobody wants any more, given up %s, may fail without a word',
  async (when) => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    onTestFinished(() => {
      process.off('unhandledRejection', note);
    });
    const cancel = new AbortController();
    const work = Promise.withResolvers<never>();
    if (when !== 'meanwhile') cancel.abort();
    const wanted = whileWanted(work.promise, cancel.signal);
    cancel.abort();
    await expect(wanted).rejects.toMatchObject({ code: 'CANCELLED' });
    work.reject(new Error('away'));
    // rejections without a handler are told once the microtasks are over
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  },
);
