import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyText, objectKey } from '../../../../src-main/sinks/s3/key';
import { objectMetadata } from '../../../../src-main/sinks/s3/metadata';
import { tempFolder } from '../../../support/temp-folder';
import { outgoing } from '../outgoing';

test('a key is prefix, submission and path', () => {
  expect(objectKey('in/', 'guid', Buffer.from('a/b é.txt'))).toBe('in/guid/a/b é.txt');
});

test('stray bytes are escaped, and whatever is UTF-8 stays readable', () => {
  expect(keyText(Buffer.from([0x61, 0xff, 0x25, 0xc3, 0xa9, 0xc3]))).toBe('a%FF%25é%C3');
  expect(keyText(Buffer.from('100%'))).toBe('100%');
});

test('two names that are no UTF-8 never get the same key', () => {
  const stray = fc.uint8Array({ minLength: 1, maxLength: 8 }).map((tail) => Buffer.from([0xff, ...tail]));
  fc.assert(
    fc.property(stray, stray, (one, two) => {
      expect(keyText(one) === keyText(two)).toBe(one.equals(two));
    }),
  );
});

test('a key that is too long for S3 is refused, measured in bytes', () => {
  const path = (count: number) => Buffer.from(Array.from({ length: count }, () => 'é'.repeat(60)).join('/'));
  expect(() => objectKey('', 's', path(8))).not.toThrow();
  expect(() => objectKey('', 's', path(9))).toThrow(/takes 1024/);
});

test('metadata is ASCII, below 2 KB, and keeps the true bytes of a path that is no UTF-8', () => {
  const relativePath = Buffer.concat([Buffer.alloc(900, 'x'), Buffer.from([0xff])]);
  const item = {
    ...outgoing(tempFolder(), Buffer.from('x'), { relativePath }),
    probes: ['é\n/1', ...Array(200).fill('probe/1.2.3')],
  };
  const metadata = objectMetadata(item);
  expect(Buffer.from(metadata['dropgate-path'] ?? '', 'base64')).toEqual(relativePath);
  expect(Object.entries(metadata).flat().join('').length).toBeLessThan(2048);
  for (const value of Object.values(metadata)) expect(value).toMatch(/^[\x20-\x7e]+$/);
  expect(objectMetadata(outgoing(tempFolder(), Buffer.from('x')))).not.toHaveProperty('dropgate-path');
});
