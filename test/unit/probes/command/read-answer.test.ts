import { describe, expect, test } from 'vitest';
import { ProbeError } from '../../../../src-main/base/errors';
import { readAnswer } from '../../../../src-main/probes/command/read-answer';
import { answeringExits, verdictMappingSchema } from '../../../../src-main/probes/command/verdict-mapping';

const FOUND = { name: 'Bad', severity: 'malicious' };
const read = (mapping: unknown, output: string, exitCode = 0) =>
  readAnswer(verdictMappingSchema.parse(mapping), { exitCode, output, path: '/staged/a: b' });
const bad = (work: () => unknown) => {
  expect(work).toThrow(ProbeError);
  expect(work).toThrow(expect.objectContaining({ code: 'PROBE_BAD_REPLY', retryable: false }));
};

describe('by exit code', () => {
  const mapping = {
    exit: { 0: 'clean', 1: FOUND, 3: { ...FOUND, name: 'Odd', severity: 'suspicious', guidance: ['x'] } },
  };

  test('what is named is what it means, and the output is the evidence', () => {
    expect(read(mapping, 'whatever')).toEqual([]);
    const finding = { probe: 'command', name: 'Bad', severity: 'malicious', category: 'command', guidance: [] };
    expect(read(mapping, '', 1)).toEqual([finding]);
    expect(read(mapping, '/staged/a: b is bad\n', 1)).toEqual([{ ...finding, evidence: 'the file is bad' }]);
    expect(read(mapping, '', 3)[0]).toMatchObject({ name: 'Odd', severity: 'suspicious', guidance: ['x'] });
  });

  test('any other is no answer', () => {
    for (const code of [2, 10, 124, 255, -1]) bad(() => read(mapping, 'clean', code));
    bad(() => read({ exit: { 1: FOUND } }, '', 0));
  });

  test('the codes of the mapping are those that a report may end with', () => {
    expect(answeringExits(verdictMappingSchema.parse(mapping))).toEqual([0, 1, 3]);
    expect(answeringExits(verdictMappingSchema.parse({ json: 'document' }))).toEqual([0]);
  });

  test('names between two texts, each once; other words where a line has none', () => {
    const named = (between: [string, string]) => ({
      exit: { 1: { ...FOUND, name: { between, otherwise: 'unnamed' } } },
    });
    const names = (between: [string, string], output: string) =>
      read(named(between), output, 1).map(({ name }) => name);
    const lines = '/staged/a: b: Win.Evil-1 FOUND\n/staged/a: b: Two FOUND\n/staged/a: b: Two FOUND\n';
    expect(names([': ', ' FOUND'], lines)).toEqual(['Win.Evil-1', 'Two']);
    expect(names(['', ' /'], 'rule_one /staged/x\n\nrule_two /staged/x\n')).toEqual(['rule_one', 'rule_two']);
    expect(names(['', ''], 'one\ntwo')).toEqual(['one', 'two']);
    expect(names([': ', ' FOUND'], 'nothing of that kind')).toEqual(['unnamed']);
    expect(names([': ', ' FOUND'], ' FOUND: ')).toEqual(['unnamed']);
    expect(names([': ', ''], 'a: \u001b[31mred')).toEqual(['\\x1b[31mred']);
  });

  test('thousands of lines are a hundred findings', () => {
    const mapping = { exit: { 1: { ...FOUND, name: { between: ['', ''], otherwise: 'unnamed' } } } };
    expect(read(mapping, Array.from({ length: 5000 }, (_, at) => `n${at}`).join('\n'), 1)).toHaveLength(100);
  });
});

describe('by one value of a JSON document', () => {
  const mapping = { json: { key: 'result.rate', values: { false: 'clean', true: FOUND, 2: FOUND } } };

  test('a value that is named means what it says; it may be a boolean, a number or a text', () => {
    expect(read(mapping, '{"result": {"rate": false}}')).toEqual([]);
    expect(read(mapping, '{"result": {"rate": "false"}}')).toEqual([]);
    expect(read(mapping, '{"result": {"rate": true}}')).toHaveLength(1);
    expect(read(mapping, '{"result": {"rate": 2}}')).toHaveLength(1);
  });

  test.each([
    '',
    'no JSON',
    '{}',
    '[]',
    'null',
    '{"result": {}}',
    '{"result": {"rate": null}}',
    '{"result": {"rate": {}}}',
    '{"result": {"rate": [false]}}',
    '{"result": {"rate": "constructor"}}',
    '{"result": {"rate": 0}}',
    '{"result": {"rate": false}} trailing',
  ])('%j is no answer', (output) => {
    bad(() => read(mapping, output));
  });
});

describe('by a document that says its verdict', () => {
  test('clean, or found with findings', () => {
    expect(read({ json: 'document' }, '{"verdict": "clean", "took": 3}')).toEqual([]);
    expect(read({ json: 'document' }, '{"verdict": "clean", "findings": []}')).toEqual([]);
    const findings = [
      { name: 'a\nb', severity: 'suspicious', evidence: 'line 3' },
      { name: 'c', severity: 'info' },
    ];
    expect(read({ json: 'document' }, JSON.stringify({ verdict: 'found', findings }))).toEqual([
      {
        probe: 'command',
        name: 'a\\nb',
        severity: 'suspicious',
        category: 'command',
        evidence: 'line 3',
        guidance: [],
      },
      { probe: 'command', name: 'c', severity: 'info', category: 'command', guidance: [] },
    ]);
  });

  test.each([
    '{}',
    '{"findings": []}',
    '{"verdict": "found"}',
    '{"verdict": "found", "findings": []}',
    '{"verdict": "found", "findings": [{"name": "a", "severity": "bad"}]}',
    '{"verdict": "ok"}',
    '{"verdict": "clean", "findings": [{"name": "a", "severity": "malicious"}]}',
    '{"verdict": "clean", "findings": "a"}',
    '[{"verdict": "clean"}]',
    '',
  ])('%j is no answer', (output) => {
    bad(() => read({ json: 'document' }, output));
  });
});
