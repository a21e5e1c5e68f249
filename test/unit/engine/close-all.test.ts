import { expect, it } from 'vitest';
import { closeAll } from '../../../src-main/engine/close-all';

it('ends everything in its order though some fail, and rejects with the first failure', async () => {
  const ended: string[] = [];
  const closers = [
    () => void ended.push('first'),
    () => Promise.reject(new Error('the second')),
    () => {
      throw new Error('the third');
    },
    async () => void ended.push('last'),
  ];
  await expect(closeAll(closers)).rejects.toThrow('the second');
  expect(ended).toEqual(['first', 'last']);
});

it('resolves when nothing fails', async () => {
  await expect(closeAll([() => undefined])).resolves.toBeUndefined();
});
