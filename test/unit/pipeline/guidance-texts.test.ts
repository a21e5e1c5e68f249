import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNVERIFIED_REASONS } from '../../../src-main/contract/verdict';
import { GUIDANCE_LANGUAGES, type GuidanceTag, guidanceTags, guidanceTexts } from '../../../src-main/pipeline/guidance';

const root = join(__dirname, '..', '..', '..');
const english = guidanceTexts('en');
const french = guidanceTexts('fr');

function textsBelow(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));
}

const sources = textsBelow('src-main', '.ts');

/** Tags that a rule names (`guidance = "a,b"`), or a source behind the word guidance (`guidance: 'a'`, `guidance: ['a', 'b']`). */
function namedTags(): Set<string> {
  const rules = textsBelow('resources/rules', '.yar').flatMap((text) =>
    [...text.matchAll(/\bguidance\s*=\s*"([^"]*)"/g)].flatMap(([, list]) => (list ?? '').split(/[\s,]+/)),
  );
  const inSources = sources.flatMap((text) =>
    [...text.matchAll(/\bguidance: (?:'([a-z-]+)'|\[([^\]]*)\])/g)].flatMap(([, one, list]) =>
      one === undefined ? [...(list ?? '').matchAll(/'([a-z-]+)'/g)].map(([, tag]) => tag ?? '') : [one],
    ),
  );
  const ofReasons = UNVERIFIED_REASONS.flatMap((reason) =>
    guidanceTags([], { kind: 'unverified', reason, rule: 'r', sentence: 's' }),
  );
  return new Set([...rules, ...inSources, ...ofReasons].filter((tag) => tag !== ''));
}

/** Every text of a tag that a person reads. */
function wordsOf(text: GuidanceTag): string[] {
  return [
    text.tagName,
    text.guidance,
    ...[...text.refLinksGuide, ...text.refLinksTechnical].map((link) => link.description),
  ];
}

function linksOf(text: GuidanceTag): string[] {
  return [...text.refLinksGuide.map((link) => link.ref_link), ...text.refLinksTechnical.map((link) => link.tech_link)];
}

describe('the guidance texts', () => {
  it('are those of the same 40 tags or more in every language', () => {
    expect(english.size).toBeGreaterThanOrEqual(40);
    for (const language of GUIDANCE_LANGUAGES) {
      expect([...guidanceTexts(language).keys()]).toEqual([...english.keys()]);
    }
  });

  it('exist for every tag that a probe, a rule or an unverified reason names', () => {
    const named = namedTags();
    expect([...named]).toEqual(expect.arrayContaining(['disguised-file', 'test-file', 'encrypted-file']));
    expect([...named].filter((tag) => !english.has(tag))).toEqual([]);
  });

  it('are all used', () => {
    const named = namedTags();
    const quoted = (tag: string) => sources.some((text) => text.includes(`'${tag}'`));
    expect([...english.keys()].filter((tag) => !named.has(tag) && !quoted(tag))).toEqual([]);
  });

  it.each([...english.keys()])('say in both languages what to do: %s', (tag) => {
    const texts = [english.get(tag), french.get(tag)].filter((text) => text !== undefined);
    expect(texts).toHaveLength(2);
    for (const text of texts) {
      for (const words of wordsOf(text)) expect(words.trim()).not.toBe('');
      expect(text.guidance.split(/[.!?](?:\s|$)/).length).toBeGreaterThan(2); // what happened, and what to do
      expect(text.guidance.length).toBeLessThan(420); // nobody reads more
      for (const link of linksOf(text)) expect(link).toMatch(/^https:\/\//);
    }
    const [one, other] = texts;
    expect(one?.guidance).not.toBe(other?.guidance);
    expect(one?.refLinksGuide.length).toBe(other?.refLinksGuide.length);
    expect(one?.refLinksTechnical.map((link) => link.tech_link)).toEqual(
      other?.refLinksTechnical.map((link) => link.tech_link),
    );
  });

  it('are set in French as French is', () => {
    const wrong = [...french.values()].flatMap(wordsOf).filter((words) => /[ \w][;:?!»]|«[ \w]|'/.test(words));
    expect(wrong).toEqual([]);
  });
});
