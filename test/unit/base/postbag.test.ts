import { expect, test } from 'vitest';
import { Postbag } from '../../../src-main/base/postbag';

test('what one turn of the event loop says goes as one message, what comes later as another', async () => {
  const posted: (readonly string[])[] = [];
  const bag = new Postbag<string>((letters) => posted.push(letters));
  bag.add('one');
  bag.add('two');
  expect(posted).toEqual([]);
  await new Promise(setImmediate);
  bag.add('three');
  await new Promise(setImmediate);
  expect(posted).toEqual([['one', 'two'], ['three']]);
});

test('what is thrown away before it is posted never goes, what is added then does', async () => {
  const posted: (readonly string[])[] = [];
  const bag = new Postbag<string>((letters) => posted.push(letters));
  bag.add('one');
  bag.empty();
  await new Promise(setImmediate);
  bag.add('two');
  bag.empty();
  bag.add('three');
  await new Promise(setImmediate);
  expect(posted).toEqual([['three']]);
});
