import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src-main/contract/finding';
import { UNVERIFIED_REASONS, type Verdict } from '../../../src-main/contract/verdict';
import { guidanceFor, guidanceTags, guidanceTexts } from '../../../src-main/pipeline/guidance';

const decided = { rule: 'r', sentence: 's' };
const finding = (severity: Finding['severity'], ...guidance: string[]): Finding => ({
  probe: 'yara',
  name: 'n',
  severity,
  category: 'c',
  guidance,
});

describe('guidanceTags', () => {
  it.each(UNVERIFIED_REASONS)('has a tag with a text for %s', (reason) => {
    const [tag, ...others] = guidanceTags([], { kind: 'unverified', reason, ...decided });
    expect(others).toEqual([]);
    expect(guidanceTexts('fr').has(tag ?? '')).toBe(true);
  });

  it('lists each tag once, the most pressing first', () => {
    const findings = [
      finding('info', 'test-file'),
      finding('suspicious', 'web-shell'),
      finding('malicious', 'web-shell', 'test-file'),
    ];
    expect(guidanceTags(findings, { kind: 'infected', ...decided })).toEqual(['web-shell', 'test-file']);
    const held: Verdict = { kind: 'unverified', reason: 'encrypted', ...decided };
    expect(guidanceTags([finding('info', 'encrypted-file')], held)).toEqual(['encrypted-file']);
  });

  it('falls back on the severity where a finding names no known tag, and on the verdict where there is no finding', () => {
    expect(guidanceTags([finding('malicious', 'no-such-tag')], { kind: 'infected', ...decided })).toEqual([
      'malware-found',
    ]);
    expect(guidanceTags([finding('suspicious')], { kind: 'suspicious', ...decided })).toEqual(['suspicious-content']);
    expect(guidanceTags([], { kind: 'infected', ...decided })).toEqual(['malware-found']);
    expect(guidanceTags([], { kind: 'suspicious', ...decided })).toEqual(['suspicious-content']);
  });

  it.each([
    ['limit_exceeded', 'archive-limits'],
    ['limit_exceeded', 'archive-bomb'],
    ['partial', 'archive-damaged'],
    ['unsupported', 'unopened-container'],
  ] as const)('says once what to do where a finding tells more than the reason %s: %s', (reason, tag) => {
    const held: Verdict = { kind: 'unverified', reason, ...decided };
    expect(guidanceTags([finding('info', tag)], held)).toEqual([tag]);
    expect(guidanceTags([finding('info', 'test-file')], held)).toHaveLength(2);
  });

  it('does not warn of findings that an analyst excepted', () => {
    expect(guidanceTags([finding('malicious')], { kind: 'clean', ...decided })).toEqual([]);
  });
});

describe('guidanceFor', () => {
  it('gives the texts in the wanted language', () => {
    const verdict: Verdict = { kind: 'unverified', reason: 'encrypted', ...decided };
    expect(guidanceFor([], verdict, 'en').map(({ title }) => title)).toEqual(['Encrypted content']);
    expect(guidanceFor([], verdict, 'fr').map(({ title }) => title)).toEqual(['Contenu chiffré']);
  });
});
