import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { closeAfter, closeAll } from '../../../src-main/engine/close-all';

const log = pino({ level: 'silent' });

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

describe('after a failure', () => {
  const failure = new Error('it could not begin');

  it('ends everything and rejects with the failure that came first', async () => {
    const ended: string[] = [];
    await expect(closeAfter(failure, [() => void ended.push('all')], log)).rejects.toBe(failure);
    expect(ended).toEqual(['all']);
  });

  it('rejects with it also where something cannot be ended, which is logged', async () => {
    const told = vi.spyOn(log, 'error');
    const closers = [() => Promise.reject(new Error('it could not end'))];
    await expect(closeAfter(failure, closers, log)).rejects.toBe(failure);
    expect(told).toHaveBeenCalledWith({ problem: 'it could not end' }, expect.any(String));
  });
});
