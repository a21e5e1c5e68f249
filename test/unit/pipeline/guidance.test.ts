import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src-main/contract/finding';
import { UNVERIFIED_REASONS, type Verdict } from '../../../src-main/contract/verdict';
import { GUIDANCE_LANGUAGES, guidanceFor, guidanceTags, guidanceTexts } from '../../../src-main/pipeline/guidance';

const root = join(__dirname, '..', '..', '..');
const decided = { rule: 'r', sentence: 's' };
const finding = (severity: Finding['severity'], ...guidance: string[]): Finding => ({
  probe: 'yara',
  name: 'n',
  severity,
  category: 'c',
  guidance,
});

function filesBelow(folder: string, endings: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && statSync(path).isFile());
}

/** Tags named by sources (lists of texts behind the word guidance) and by rules (`guidance = "a, b"`). */
function tagsInUse(): Map<string, string> {
  const used = new Map<string, string>();
  for (const path of filesBelow(join(root, 'src-main'), ['.ts'])) {
    for (const [part] of readFileSync(path, 'utf8').matchAll(/guidance[^;}]*/gi)) {
      for (const [, list] of part.matchAll(/\[([^[\]]*)\]/g)) {
        for (const [, tag] of (list ?? '').matchAll(/'([a-z]+(?:-[a-z]+)+|timeout|changed|partial)'/g)) {
          if (tag !== undefined) used.set(tag, path);
        }
      }
    }
  }
  for (const path of filesBelow(join(root, 'resources'), ['.yar', '.yara'])) {
    for (const [, list] of readFileSync(path, 'utf8').matchAll(/\bguidance\s*=\s*"([^"]*)"/g)) {
      for (const tag of (list ?? '').split(/[\s,]+/)) if (tag !== '') used.set(tag, path);
    }
  }
  return used;
}

describe('the guidance texts', () => {
  it('exist for the same tags in every language', () => {
    const [first, ...others] = GUIDANCE_LANGUAGES.map((language) => [...guidanceTexts(language).keys()]);
    for (const other of others) expect(other).toEqual(first);
  });

  it('link to the same pages in every language', () => {
    for (const [tag, text] of guidanceTexts('en')) {
      const other = guidanceTexts('fr').get(tag);
      expect(other?.refLinksTechnical.map((link) => link.tech_link)).toEqual(
        text.refLinksTechnical.map((link) => link.tech_link),
      );
      expect(other?.guidance).not.toBe(text.guidance);
    }
  });

  it('exist for every tag that a source or a rule names', () => {
    const used = tagsInUse();
    expect(used.has('malware-found')).toBe(true); // the scan found the sources at all
    const unknown = [...used].filter(([tag]) => !guidanceTexts('en').has(tag));
    expect(unknown).toEqual([]);
  });
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
