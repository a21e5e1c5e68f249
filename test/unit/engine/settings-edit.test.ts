import { describe, expect, it } from 'vitest';
import type { SettingsChange } from '../../../src-main/contract/window-calls';
import { edited, NEW_CONFIGURATION } from '../../../src-main/engine/settings-edit';
import { parseYaml } from '../../../src-main/engine/settings-file';

const GIVEN = `# My gate

dataDir: ./data          # on the large disk


destinations:
  outbox: { kind: folder, dir: ./outbox }   # for the team
  # the far one
  inbound:
    kind: s3
    bucket: 'acme'   # theirs

watch:   # two folders
- dir: ./in   # from the scanner
  settleMs: 0x10
- { dir: ./mail, ignore: ["*.part"] }

probes:
    # our rules
    yara: { rules: [./rules] }
# the end
`;

function edit(changes: SettingsChange[], given = GIVEN): string {
  const parsed = parseYaml(given);
  if (parsed.kind !== 'data') throw new Error('no YAML');
  const result = edited({ text: given, data: parsed.data }, changes);
  if (!('data' in result)) throw new Error(result.text);
  expect(parseYaml(result.text)).toMatchObject({ kind: 'data', data: result.data });
  return result.text;
}

/** Lines that went and lines that came. */
function difference(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}
const touched = (changes: SettingsChange[]) => difference(GIVEN, edit(changes));

describe('a change of the configuration', () => {
  it.each<[string, SettingsChange, string[]]>([
    [
      'of a value, in its quotes and before its comment',
      { path: ['destinations', 'inbound', 'bucket'], value: 'other' },
      ["-    bucket: 'acme'   # theirs", "+    bucket: 'other'   # theirs"],
    ],
    [
      'of a value inside braces',
      { path: ['watch', 1, 'dir'], value: '/a b' },
      ['-- { dir: ./mail, ignore: ["*.part"] }', '+- { dir: /a b, ignore: ["*.part"] }'],
    ],
    [
      'that adds a key to lines',
      { path: ['destinations', 'inbound', 'pathStyle'], value: true },
      ['+    pathStyle: true'],
    ],
    [
      'that adds keys below keys that are not there',
      { path: ['retention', 'historyDays'], value: 5 },
      ['+retention:', '+  historyDays: 5'],
    ],
    [
      'that adds a key inside braces',
      { path: ['probes', 'yara', 'processes'], value: 3 },
      ['-    yara: { rules: [./rules] }', '+    yara: { rules: [./rules], processes: 3 }'],
    ],
    [
      'that appends an entry',
      { path: ['watch', 2], value: { dir: './b', poll: true } },
      ['+- dir: ./b', '+  poll: true'],
    ],
    [
      'that adds an entry inside brackets',
      { path: ['probes', 'yara', 'rules'], value: ['./rules', './more, of them'] },
      ['-    yara: { rules: [./rules] }', '+    yara: { rules: [./rules, "./more, of them"] }'],
    ],
    [
      'that removes an entry and leaves its comment',
      { path: ['watch', 0] },
      ['-- dir: ./in   # from the scanner', '-  settleMs: 0x10', '+# from the scanner'],
    ],
    [
      'that removes a key and leaves its comment',
      { path: ['destinations', 'outbox'] },
      ['-  outbox: { kind: folder, dir: ./outbox }   # for the team', '+  # for the team'],
    ],
    [
      'that hands over a whole list of which one entry is new',
      { path: ['watch'], value: [{ dir: './in', settleMs: 16 }, { dir: './mail', ignore: ['*.part'] }, { dir: 'x' }] },
      ['+- dir: x'],
    ],
    ['that is none', { path: ['dataDir'], value: './data' }, []],
    ['that removes what is not there', { path: ['retention', 'historyDays'] }, []],
  ])('%s touches nothing else', (_name, change, expected) => {
    expect(touched([change])).toEqual(expected);
  });

  it('applies one after the other', () => {
    const text = edit([{ path: ['watch', 0] }, { path: ['watch', 0, 'dir'], value: './post' }]);
    expect(parseYaml(text)).toMatchObject({ data: { watch: [{ dir: './post', ignore: ['*.part'] }] } });
  });

  it('leaves an empty place where the last key or entry goes, and its comments', () => {
    const text = edit([{ path: ['watch', 1] }, { path: ['watch', 0] }, { path: ['destinations', 'outbox'] }]);
    expect(parseYaml(text)).toMatchObject({ data: { watch: [], dataDir: './data' } });
    for (const comment of ['# two folders', '# from the scanner', '# for the team', '# the far one', '# the end']) {
      expect(text).toContain(comment);
    }
  });

  it('begins a configuration with a line about it', () => {
    const made = edited(NEW_CONFIGURATION, [
      { path: ['watch', 0, 'dir'], value: '/in' },
      { path: ['profiles', '123', 'source'], value: 'move' },
      { path: ['dataDir'], value: '#odd: yes' },
    ]);
    expect('data' in made && made.text.split('\n').slice(2)).toEqual([
      '',
      'watch:',
      '  - dir: /in',
      'profiles:',
      '  "123":',
      '    source: move',
      'dataDir: "#odd: yes"',
      '',
    ]);
    expect('data' in made && made.text).toMatch(/^# The configuration of Dropgate/);
  });

  it('keeps line ends and a byte order mark', () => {
    const text = edit([{ path: ['b'], value: 'x' }], '\u{feff}a: 1 # one\r\nb: 2 # two\r\n');
    expect(text).toBe('\u{feff}a: 1 # one\r\nb: x # two\r\n');
  });

  it('changes one place where several share a value', () => {
    const given = 'destinations:\n  a: &one { kind: folder, dir: x } # shared\n  b: *one\n';
    const first = edit([{ path: ['destinations', 'a', 'dir'], value: 'y' }], given);
    expect(parseYaml(first)).toMatchObject({ data: { destinations: { a: { dir: 'y' }, b: { dir: 'x' } } } });
    expect(first).toContain('# shared');
    const second = edit([{ path: ['destinations', 'b', 'dir'], value: 'y' }], given);
    expect(parseYaml(second)).toMatchObject({ data: { destinations: { a: { dir: 'x' }, b: { dir: 'y' } } } });
  });

  it.each<[string, SettingsChange, string]>([
    [
      'below a plain value',
      { path: ['dataDir', 'x'], value: 1 },
      'has a plain value where keys are to be set below it',
    ],
    ['of a word in a list', { path: ['watch', 'first'], value: 1 }, 'is a list, and its entries are counted'],
    ['of a counted entry among keys', { path: ['probes', 0], value: 1 }, 'has keys, and no counted entries'],
    ['far behind the end of a list', { path: ['watch', 7, 'dir'], value: 'x' }, 'none at position 7'],
  ])('%s is a problem', (_name, change, text) => {
    expect(() => edit([change])).toThrow(text);
  });
});
