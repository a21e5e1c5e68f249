import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../src-main/base/log';
import { Receiving } from '../../../src-main/engine/receiving';

const quiet = () => new Receiving(createLogger({ level: 'silent' }));

/** A walk that goes on until it is told to stop. */
function endless(onEnd: () => void) {
  return (signal: AbortSignal) =>
    new Promise<void>((_resolve, reject) =>
      signal.addEventListener('abort', () => {
        onEnd();
        reject(signal.reason);
      }),
    );
}

describe('Receiving', () => {
  it('stops a walk and waits for its end', async () => {
    const receiving = quiet();
    let ended = 0;
    receiving.start(
      'one',
      endless(() => (ended += 1)),
    );
    receiving.start(
      'two',
      endless(() => (ended += 10)),
    );
    expect(receiving.submissions()).toEqual(['one', 'two']);
    await receiving.stop('one');
    expect([ended, receiving.submissions()]).toEqual([1, ['two']]);
    expect(() => receiving.assertWhole('one')).not.toThrow();
    await receiving.close();
    expect(ended).toBe(11);
  });

  it('has nothing to wait for when there is no walk', async () => {
    await quiet().stop('none');
  });

  it('tells whoever asks that a walk failed, so that it never passes for looked at', async () => {
    const receiving = quiet();
    receiving.start('bad', () => Promise.reject(new Error('database or disk is full')));
    receiving.start('good', () => Promise.resolve());
    await receiving.close();
    expect(() => receiving.assertWhole('bad')).toThrow(expect.objectContaining({ code: 'LEDGER_FAILED' }));
    expect(() => receiving.assertWhole('bad')).toThrow('disk is full');
    expect(() => receiving.assertWhole('good')).not.toThrow();
  });
});
