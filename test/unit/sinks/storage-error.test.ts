import { open } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { DropgateError } from '../../../src-main/base/errors';
import { storageError } from '../../../src-main/sinks/storage-error';

test('a full disk may be tried again, and what to do is told', async () => {
  const full = await open('/dev/full', 'w');
  const thrown = await full.writeFile('x').catch((error: unknown) => error);
  await full.close();
  const error = storageError(thrown, 'destination outbox');
  expect(error).toMatchObject({ code: 'SINK_UNAVAILABLE', retryable: true });
  expect(error.message).toBe('destination outbox cannot be written: the disk is full; make room there');
});

test('a name that the file system can never take is refused for good', async () => {
  const thrown = await open(`/tmp/${'x'.repeat(256)}`).catch((error: unknown) => error);
  expect(storageError(thrown, 'destination outbox')).toMatchObject({ code: 'SINK_REFUSED', retryable: false });
});

test('an error that is one of ours already is kept', () => {
  const ours = new DropgateError('INTEGRITY', 'x');
  expect(storageError(ours, 'destination outbox')).toBe(ours);
});
