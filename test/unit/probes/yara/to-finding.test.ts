import { describe, expect, test } from 'vitest';
import { toFinding } from '../../../../src-main/probes/yara/to-finding';

const file = { label: 'rules/mine.yar', text: '', builtIn: false };

function findingOf(meta: Record<string, unknown>, hits: { pattern: string; offset: number }[] = []) {
  return toFinding({ rule: 'r', meta: new Map(Object.entries(meta)), hits }, file);
}

describe('toFinding', () => {
  test.each([
    ['malicious', 'malicious'],
    ['Malicious', 'malicious'],
    ['suspicious', 'suspicious'],
    ['info', 'info'],
    ['high', 'suspicious'],
    ['', 'suspicious'],
    [75, 'suspicious'],
    [undefined, 'suspicious'],
  ])('takes severity %j as %s', (severity, expected) => {
    expect(findingOf({ severity }).severity).toBe(expected);
  });

  test('takes category and guidance of the rule, or the usual ones', () => {
    expect(findingOf({ category: 'policy', guidance: ' a, b ,,' })).toMatchObject({
      category: 'policy',
      guidance: ['a', 'b'],
    });
    expect(findingOf({})).toMatchObject({ category: 'yara-rule', guidance: ['suspicious-content'] });
    expect(findingOf({ severity: 'malicious' }).guidance).toEqual(['malware-found']);
    expect(findingOf({ severity: 'info' }).guidance).toEqual([]);
  });

  test('shows the first match of at most three patterns, and the file of a rule that is not built in', () => {
    const hits = ['$a', '$a', '$b', '$c', '$d'].map((pattern, offset) => ({ pattern, offset }));
    expect(findingOf({ description: 'why' }, hits).evidence).toBe(
      'why ($a at 0, $b at 2, $c at 3, ...; rules/mine.yar)',
    );
    expect(findingOf({}).evidence).toBe('rule r matched (rules/mine.yar)');
  });

  test('shows hidden characters of a description and cuts an endless one', () => {
    expect(findingOf({ description: 'a\u202eb\nc' }).evidence).toContain('a\\u{202e}b\\nc');
    expect(findingOf({ description: 'x'.repeat(10_000) }).evidence?.length).toBeLessThan(600);
  });
});
