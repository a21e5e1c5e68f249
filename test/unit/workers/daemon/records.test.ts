import { expect, test } from 'vitest';
import { Records } from '../../../../src-main/workers/daemon/records';

test('remembers the last ten thousand ends, and ids for longer', () => {
  const records = new Records();
  for (let id = 0; id < 10_001; id += 1) {
    records.begin(String(id));
    records.end(String(id), true);
  }
  expect(records.find('0')).toBeNull();
  expect(records.find('1')).toEqual({ kind: 'scanned', ok: true });
  expect(records.all()).toHaveLength(10_000);
  expect(() => records.begin('0')).toThrow('used already');
});

test('what was not done can be asked for again, what was deleted cannot', () => {
  const records = new Records();
  records.begin('a');
  records.forget('a');
  expect(records.begin('a').aborted).toBe(false);
  const deleted = records.begin('b');
  expect(records.delete('b')).toEqual({ kind: 'running' });
  expect(deleted.aborted).toBe(true);
  records.end('b', true);
  expect(records.find('b')).toBeNull();
  expect(() => records.begin('b')).toThrow('used already');
});
