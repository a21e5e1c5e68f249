import { describe, expect, test } from 'vitest';
import { decodeAnswer, decodeRequest, encodeAnswer, encodeRequest } from '../../../../src-main/probes/yara/wire';

describe('the words between engine and child', () => {
  test('a request comes back as it was, whatever the path', () => {
    const request = { id: 7, size: 0, path: '/a b/\u202e-x "1 2 ' };
    expect(decodeRequest(encodeRequest(request).slice(0, -1))).toEqual(request);
  });

  test.each(['', '7', '7 5', '7 5 ', 'x 5 /a', '-1 5 /a'])('%j is no request', (line) => {
    expect(() => decodeRequest(line)).toThrow();
  });

  test('an answer comes back as it was', () => {
    const answers = [{ kind: 'nothing_found' }, { kind: 'error', message: 'a\nb' }] as const;
    for (const answer of answers) expect(decodeAnswer(encodeAnswer(3, answer).slice(0, -1), 3)).toEqual(answer);
  });

  test.each([
    ['another request', '4 nothing_found'],
    ['half a word', '3 nothing_foun'],
    ['a word too many', '3 nothing_found '],
    ['nothing', ''],
    ['the number only', '3'],
    ['found without findings', '3 {"kind":"found","findings":[]}'],
    ['clean in other words', '3 {"kind":"nothing_found"}'],
    ['no JSON', '3 {'],
  ])('%s is no answer, and never a clean one', (_title, line) => {
    expect(() => decodeAnswer(line, 3)).toThrow();
  });
});
