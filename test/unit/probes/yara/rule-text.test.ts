import { describe, expect, test } from 'vitest';
import { groupRules } from '../../../../src-main/probes/yara/rule-groups';
import { readRuleText, withoutIdleImports } from '../../../../src-main/probes/yara/rule-text';

describe('readRuleText', () => {
  test('sees rules, and none in comments, strings and regular expressions', () => {
    const read = readRuleText(`
      // rule commented { condition: true }
      /* global rule commented_too */
      private rule first : tag { strings: $a = "rule quoted \\" rule" $b = /rule slashed\\/ rule \\" x/ condition: any of them }
      rule second { strings: $h = { 41 /* rule hex */ 42 } condition: $h and 6 \\ 2 == 3 }`);
    expect(read.rules).toEqual(['first', 'second']);
    expect(read.hasGlobal).toBe(false);
    expect(read.unterminated).toBe(false);
  });

  test.each(['global rule g { condition: true }', 'private global rule g { condition: true }'])('sees %s', (text) => {
    expect(readRuleText(text).hasGlobal).toBe(true);
  });

  test.each(['rule a { /* condition: true }', 'rule a { strings: $a = "b\n c" }', 'rule a { strings: $a = /x\n }'])(
    'sees that something stays open in %j',
    (text) => {
      expect(readRuleText(text).unterminated).toBe(true);
    },
  );
});

describe('withoutIdleImports', () => {
  test('blanks out an import that no rule uses, and keeps lines and columns', () => {
    const text = 'import "pe"\nimport "elf" rule a { condition: pe.is_pe // elf.type\n }';
    const blank = ' '.repeat('import "elf"'.length);
    expect(withoutIdleImports(text, readRuleText(text))).toBe(
      `import "pe"\n${blank} rule a { condition: pe.is_pe // elf.type\n }`,
    );
  });
});

describe('groupRules', () => {
  const file = (label: string, text: string) => ({ label, text, builtIn: false });
  const namesOf = (...files: ReturnType<typeof file>[]) => groupRules(files).map((group) => [...group.files.keys()]);
  const rule = (name: string) => `rule ${name} { condition: true }`;

  test('puts files together as long as no rule name occurs twice', () => {
    const files = [file('1', rule('a')), file('2', rule('b')), file('3', rule('a')), file('4', rule('c'))];
    expect(namesOf(...files)).toEqual([['a', 'b', 'c'], ['a']]);
  });

  test('leaves a file with a global rule, or one that does not end properly, alone', () => {
    const files = [file('1', `global ${rule('g')}`), file('2', rule('b')), file('3', `${rule('c')} /*`)];
    expect(namesOf(...files)).toEqual([['b'], ['g'], ['c']]);
  });

  test('keeps a last line without an end apart from the next file', () => {
    const [group] = groupRules([file('1', `${rule('a')} // end`), file('2', rule('b'))]);
    expect(group?.source).toBe(`${rule('a')} // end\n${rule('b')}\n`);
  });
});
