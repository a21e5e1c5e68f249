import { expect, test } from 'vitest';
import { hostAndPort, isLoopback } from '../../../src-main/base/host';

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['localhost', true],
  ['LocalHost', true],
  ['::1', true],
  ['[::1]', true],
  ['', false],
  ['0.0.0.0', false],
  ['::', false],
  ['[::]', false],
  ['10.0.0.1', false],
  ['127.999.1.1', false],
  ['127.1', false],
  ['[127.0.0.1]', false],
  ['[localhost]', false],
  ['::1]', false],
  ['127.0.0.1.evil.example', false],
  ['localhost.evil.example', false],
])('%j is this machine itself: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test('an IPv6 address is written in brackets before its port', () => {
  expect(hostAndPort('::1', 1344)).toBe('[::1]:1344');
  expect(hostAndPort('127.0.0.1', 1344)).toBe('127.0.0.1:1344');
  expect(hostAndPort('av.example', 1344)).toBe('av.example:1344');
});
