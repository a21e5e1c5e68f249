import { expect, test } from 'vitest';
import { isMime, patternSource } from '../../../../src-main/probes/command/mime-pattern';

test.each([
  ['application/pdf', 'application/pdf', true],
  ['application/pdf', 'application/pdfx', false],
  ['image/*', 'image/png', true],
  ['*', 'image/png', true],
  ['text/x-?', 'text/x-c', true],
  ['text/x-?', 'text/x-cc', false],
  ['application/x-[ab]', 'application/x-b', true],
  ['application/x-[!ab]', 'application/x-b', false],
  ['application/x-[a-c]', 'application/x-c', true],
  ['application/x-[]]', 'application/x-]', true],
  ['application/x-[', 'application/x-[', true],
  ['application/vnd.ms+xml', 'application/vndxms+xml', false],
  ['a|b/c', 'b/c', false],
])('%s and %s: %s, as fnmatch has it', (pattern, mime, expected) => {
  expect(new RegExp(patternSource(pattern)).test(mime)).toBe(expected);
});

test.each([
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', true],
  ['inode/x-empty', true],
  ['application', false],
  ['../etc', false],
  ['application/..', false],
  ['application/.hidden', false],
  ['application/pdf/../../x', false],
  ['text/plain; charset=utf-8', false],
  ['text/plain\n', false],
  ['--help/x', false],
  ['text/$(touch x)', false],
  ['text/plain\0', false],
])('%j is a MIME type: %s', (text, expected) => {
  expect(isMime(text)).toBe(expected);
});
