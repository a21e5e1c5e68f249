import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DropgateError } from '../../../src-main/base/errors';
import { loadSettings } from '../../../src-main/engine/load-settings';
import type { LoadOptions } from '../../../src-main/engine/settings-locate';
import { tempFolder } from '../../support/temp-folder';

const HOME = '/home/someone';

/** Loads `yaml` as the dropgate.yaml of a fresh folder. */
function load(yaml: string | null, more: Partial<LoadOptions> = {}) {
  const cwd = tempFolder();
  if (yaml !== null) writeFileSync(join(cwd, 'dropgate.yaml'), yaml);
  return { cwd, loaded: loadSettings({ env: { HOME }, cwd, ...more }) };
}

/** The lines of BAD_CONFIG, without the file before each. */
function mistakes(yaml: string | Uint8Array, env: NodeJS.ProcessEnv = {}): string[] {
  const cwd = tempFolder();
  const file = join(cwd, 'dropgate.yaml');
  writeFileSync(file, yaml);
  try {
    loadSettings({ env: { HOME, ...env }, cwd });
  } catch (error) {
    if (!(error instanceof DropgateError) || error.code !== 'BAD_CONFIG') throw error;
    return error.message.split('\n').map((line) => line.replace(`${file}: `, '').replaceAll(cwd, '<cwd>'));
  }
  return [];
}

describe('loadSettings without mistakes', () => {
  it('has a profile, a destination and folders where nothing is configured', () => {
    const { loaded } = load(null, { dataDir: '/data' });
    expect(loaded.file).toBeNull();
    expect(loaded.clamavConfigured).toBe(false);
    expect(loaded.settings).toMatchObject({
      dataDir: '/data',
      quarantine: { dir: '/data/quarantine' },
      profiles: { default: { required: 'auto', source: 'keep', destination: 'cleared' } },
      destinations: { cleared: { kind: 'folder', dir: '/data/cleared' } },
    });
  });

  it('takes paths from the folder of the file, wherever it is started', () => {
    const folder = tempFolder();
    const file = join(folder, 'sub', 'gate.yaml');
    mkdirSync(join(folder, 'sub'));
    writeFileSync(
      file,
      [
        'dataDir: ./data',
        'quarantine: { dir: ../q }',
        'destinations: { outbox: { kind: folder, dir: ./outbox }, far: { kind: s3, bucket: b } }',
        'profiles: { default: { destination: outbox }, strict: { required: [yara] } }',
        'probes: { clamav: { socket: ./c.sock, binary: clamscan }, yara: { rules: [./r, ~/r, /abs] }, hash-list: { deny: [bad.txt] } }',
        'watch: [{ dir: ../in, profile: strict, settleMs: 0 }]',
      ].join('\n'),
    );
    const {
      settings,
      clamavConfigured,
      file: read,
    } = loadSettings({ file: 'sub/gate.yaml', env: { HOME }, cwd: folder });
    const sub = join(folder, 'sub');
    expect(read).toBe(file);
    expect(clamavConfigured).toBe(true);
    expect(settings.dataDir).toBe(join(sub, 'data'));
    expect(settings.quarantine.dir).toBe(join(folder, 'q'));
    expect(settings.destinations.outbox).toEqual({ kind: 'folder', dir: join(sub, 'outbox') });
    expect(settings.profiles.default?.destination).toBe('outbox');
    expect(settings.profiles.strict?.destination).toBe('cleared');
    expect(settings.probes.clamav).toMatchObject({ socket: join(sub, 'c.sock'), binary: 'clamscan' });
    expect(settings.probes.yara.rules).toEqual([join(sub, 'r'), join(HOME, 'r'), '/abs']);
    expect(settings.probes['hash-list'].deny).toEqual([join(sub, 'bad.txt')]);
    expect(settings.watch[0]).toMatchObject({ dir: join(folder, 'in'), settleMs: 0, recursive: true });
  });

  it('understands sizes with units', () => {
    const { loaded } = load('profiles: { default: { limits: { fileBytes: 1.5MiB, archiveBytes: 4096 } } }');
    expect(loaded.settings.profiles.default?.limits).toMatchObject({ fileBytes: 1_572_864, archiveBytes: 4096 });
  });

  it('looks into the working folder first, then into the data folder', () => {
    const dataDir = tempFolder();
    writeFileSync(join(dataDir, 'dropgate.yaml'), 'retention: { historyDays: 7 }');
    expect(load(null, { dataDir }).loaded.settings.retention.historyDays).toBe(7);
    expect(load('retention: { historyDays: 9 }', { dataDir }).loaded.settings.retention.historyDays).toBe(9);
  });

  it('takes the data folder from the option, then the variable, then the file, then the platform', () => {
    const env = { HOME, DROPGATE_DATA_DIR: 'from-env', XDG_DATA_HOME: '/xdg' };
    const yaml = 'dataDir: from-file';
    const { cwd, loaded } = load(yaml, { env, dataDir: 'from-option' });
    expect(loaded.settings.dataDir).toBe(join(cwd, 'from-option'));
    const second = load(yaml, { env });
    expect(second.loaded.settings.dataDir).toBe(join(second.cwd, 'from-env'));
    const third = load(yaml);
    expect(third.loaded.settings.dataDir).toBe(join(third.cwd, 'from-file'));
    if (process.platform !== 'linux') return;
    expect(load(null, { env: { HOME, XDG_DATA_HOME: '/xdg' } }).loaded.settings.dataDir).toBe('/xdg/dropgate');
    expect(load(null, { env: { HOME, XDG_DATA_HOME: 'relative' } }).loaded.settings.dataDir).toBe(
      join(HOME, '.local/share/dropgate'),
    );
  });
});

describe('loadSettings with mistakes', () => {
  it('names every mistake at once, each with its path and what to write', () => {
    const yaml = [
      'dataDri: ./data',
      'queue: { url: "redis://127.0.0.1" }',
      'profiles:',
      '  default: { sorce: move, source: mov, required: 4, limits: { fileBytes: 3 apples, seconds: 0 } }',
      'destinations: { out: { kind: foldr, dir: x }, far: { kind: s3, bucket: "", endpoint: nowhere } }',
      'probes: { clamav: { port: 70000 } }',
      'watch: [{ settleMs: soon, recursive: perhaps }, 3]',
      'retention:',
    ].join('\n');
    expect(mistakes(yaml).sort()).toEqual(
      [
        'dataDri: unknown key; did you mean "dataDir"?',
        'queue: belongs to a later version of Dropgate; remove it',
        'profiles.default.sorce: unknown key; did you mean "source"?',
        'profiles.default.source: is the text "mov"; did you mean "move"? Write one of keep, move',
        'profiles.default.required: is 4; write auto or a list such as [one, two]',
        'profiles.default.limits.fileBytes: "3 apples" is not a size; write bytes, or a number with KiB, MiB or GiB',
        'profiles.default.limits.seconds: is 0; write more than 0',
        'destinations.out.kind: is the text "foldr"; did you mean "folder"? Write one of folder, s3',
        'destinations.far.bucket: is an empty text; write one, or remove the key',
        'destinations.far.endpoint: is the text "nowhere"; write a URL such as https://host:9000',
        'probes.clamav.port: is 70000; write at most 65535',
        'watch.0.dir: is missing; write a text',
        'watch.0.settleMs: is the text "soon"; write a number',
        'watch.0.recursive: is the text "perhaps"; write true or false',
        'watch.1: is 3; write keys below it, or remove it',
        'retention: is empty; write keys below it, or remove it',
      ].sort(),
    );
  });

  it('lists the keys of the right form where none is near', () => {
    expect(mistakes('destinations: { out: { kind: folder, dir: x, endpoint: "http://h" } }')).toEqual([
      'destinations.out.endpoint: unknown key; the keys here are kind, dir',
    ]);
  });

  it('sees names that mean nothing', () => {
    const yaml = [
      'profiles:',
      '  default: { probes: [clamv, yara, yara], destination: outbux }',
      '  strict: { probes: [yara], required: [yara, archive] }',
      '  never: { required: [] }',
      'destinations: { outbox: { kind: folder, dir: o } }',
      'watch: [{ dir: in, profile: strct }, { dir: in }]',
    ].join('\n');
    expect(mistakes(yaml)).toEqual([
      'profiles.default.probes: there is no probe "clamv"; did you mean "clamav"?',
      'profiles.default.probes: names "yara" twice; write it once',
      'profiles.default.destination: there is no destination "outbux"; did you mean "outbox"?',
      'profiles.strict.required: "archive" is not among the probes of this profile; write it in probes too, or leave it out here',
      'profiles.never.required: is an empty list, so no file could ever be proven clean; write at least one probe, or auto',
      'watch.0.profile: there is no profile "strct"; did you mean "strict"?',
      'watch.1.dir: <cwd>/in is watched twice; write it once',
    ]);
  });

  it('refuses a watched folder that Dropgate writes into', () => {
    const destinations = 'destinations: { outbox: { kind: folder, dir: ./in/out } }\n';
    const [mistake] = mistakes(`${destinations}watch: [{ dir: ./in }]`);
    expect(mistake).toMatch(/^watch\.0\.dir: .* holds the destination outbox, .*; write another folder$/);
    expect(mistakes(`${destinations}watch: [{ dir: ./in, recursive: false }]`)).toEqual([]);
    expect(mistakes('dataDir: ./d\nwatch: [{ dir: . }]')[0]).toContain('holds the data folder');
  });

  it.each([
    ['destinations: { out: { kind: folder, dir: ./q/out } }', 'destinations.out.dir', 'lies in the quarantine'],
    ['destinations: { out: { kind: folder, dir: ./d/held } }', 'destinations.out.dir', 'lies in the held folder'],
    [
      'destinations: { out: { kind: folder, dir: ./d/staging/x } }',
      'destinations.out.dir',
      'lies in the staging folder',
    ],
    ['destinations: { out: { kind: folder, dir: ./d } }', 'destinations.out.dir', 'holds the staging folder'],
    ['destinations: { out: { kind: folder, dir: . } }', 'destinations.out.dir', 'holds the quarantine'],
  ])('refuses a destination that meets files that were not proven clean: %s', (destinations, key, problem) => {
    const [mistake] = mistakes(`dataDir: ./d\nquarantine: { dir: ./q }\n${destinations}`);
    expect(mistake).toMatch(new RegExp(`^${key}: .* ${problem}.*; write another folder$`));
  });

  it('refuses a quarantine in a folder that is cleared at the start, and takes usual places', () => {
    expect(mistakes('dataDir: ./d\nquarantine: { dir: ./d/staging }')[0]).toContain('lies in the staging folder');
    expect(mistakes('dataDir: ./d\ndestinations: { out: { kind: folder, dir: ./d/out } }')).toEqual([]);
  });

  it('tells line and column of what is no YAML', () => {
    expect(mistakes('a: 1\nprobes: {}\nprobes: {}\n')).toEqual([
      'line 3, column 1: the key "probes" stands here a second time; write it once',
    ]);
    expect(mistakes('watch: [\n  { dir: a\n')[0]).toMatch(/^line \d+, column \d+: .*; write valid YAML$/);
    expect(mistakes('watch: !run x')[0]).toMatch(/^line 1, column 8: /);
    expect(mistakes('---\na: 1\n---\nb: 2\n').at(-1)).toContain('a second document begins');
    expect(mistakes(Buffer.from([0x61, 0x3a, 0x20, 0xff]))).toEqual(['is not UTF-8; save it as UTF-8']);
    expect(mistakes('- a\n- b\n')).toEqual(['holds no keys; write "key: value" lines']);
    expect(mistakes('\n# nothing\n')).toEqual([]);
  });

  it('shows hidden characters of keys and takes no key from the prototype', () => {
    expect(mistakes('"a\\u202eb": 1')[0]).toMatch(/^a\\u\{202e\}b: unknown key;/);
    expect(mistakes('__proto__: { dataDir: x }')[0]).toMatch(/^__proto__: unknown key;/);
    const { profiles } = load('profiles: { __proto__: { source: move } }').loaded.settings;
    expect(Object.keys(profiles)).toEqual(['default']);
    expect(profiles.default?.source).toBe('keep');
    expect(mistakes('constructor: 1')[0]).toMatch(/^constructor: unknown key;/);
  });

  it('refuses a named file that is not there, and one that cannot be read', () => {
    const cwd = tempFolder();
    const named = () => loadSettings({ file: 'no.yaml', env: { HOME }, cwd });
    expect(named).toThrow(`${join(cwd, 'no.yaml')}: there is no such file; name one that exists`);
    expect(() => loadSettings({ env: { HOME, DROPGATE_CONFIG: 'no.yaml' }, cwd })).toThrow(/there is no such file/);
    expect(() => loadSettings({ file: '.', env: { HOME }, cwd })).toThrow(/cannot be read \(EISDIR\)/);
  });
});

describe('DROPGATE_ variables', () => {
  const settingsWith = (env: NodeJS.ProcessEnv, yaml = '') => load(yaml, { env: { HOME, ...env } });

  it('set any key that holds a value or a list, in the type that it has', () => {
    const yaml = 'profiles: { mail-in: {} }\nwatch: [{ dir: a }]\nprobes: { clamav: { port: 1 } }';
    const { cwd, loaded } = settingsWith(
      {
        DROPGATE_PROBES_CLAMAV_PORT: '3310',
        DROPGATE_PROBES_CLAMAV_HOST: '127.0.0.1',
        DROPGATE_PROBES_HASH_LIST_DENY: '[bad.txt, /worse.txt]',
        DROPGATE_PROBES_YARA_MAX_BYTES: '1MiB',
        DROPGATE_PROFILES_DEFAULT_REQUIRED: '[yara]',
        DROPGATE_PROFILES_MAIL_IN_SOURCE: 'move',
        DROPGATE_PROFILES_MAIL_IN_LIMITS_SECONDS: '5',
        DROPGATE_WATCH_0_SETTLEMS: '10',
        DROPGATE_QUARANTINE_DIR: '#1: odd',
        DROPGATE_RETENTION_HISTORY_DAYS: '',
      },
      yaml,
    );
    const { settings } = loaded;
    expect(settings.probes.clamav).toMatchObject({ port: 3310, host: '127.0.0.1' });
    expect(settings.probes['hash-list'].deny).toEqual([join(cwd, 'bad.txt'), '/worse.txt']);
    expect(settings.probes.yara.maxBytes).toBe(1024 ** 2);
    expect(settings.profiles.default?.required).toEqual(['yara']);
    expect(settings.profiles['mail-in']).toMatchObject({ source: 'move', limits: { seconds: 5 } });
    expect(settings.watch[0]?.settleMs).toBe(10);
    expect(settings.quarantine.dir).toBe(join(cwd, '#1: odd'));
    expect(settings.retention.historyDays).toBe(365);
  });

  it('name a configuration, and take relative paths from the working folder', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'c.yaml'), 'probes: { clamav: { socket: a.sock } }');
    const env = { DROPGATE_CONFIG: join(folder, 'c.yaml'), DROPGATE_PROBES_CLAMAV_SOCKET: 'b.sock' };
    const { cwd, loaded } = load(null, { env: { HOME, ...env } });
    expect(loaded.file).toBe(join(folder, 'c.yaml'));
    expect(loaded.settings.probes.clamav?.socket).toBe(join(cwd, 'b.sock'));
  });

  it('make ClamAV configured', () => {
    expect(settingsWith({ DROPGATE_PROBES_CLAMAV_SOCKET: '/run/c' }).loaded.clamavConfigured).toBe(true);
  });

  it('are mistakes when they mean nothing, and are named when their value is wrong', () => {
    const env = {
      DROPGATE_PROBES_CLAMAV_SOKET: '/run/c',
      DROPGATE_PROBES: '{}',
      DROPGATE_WATCH: '[{ dir: x }]',
      DROPGATE_PROBES_YARA_PROCESSES: 'many',
      DROPGATE_PROBES_YARA_RULES: '[1, a]',
      DROPGATE_PROFILES_DEFAULT_PROBES: '[yara',
    };
    expect(mistakes('', env)).toEqual([
      'DROPGATE_PROBES: no such setting; unset it',
      'DROPGATE_PROBES_CLAMAV_SOKET: no such setting; did you mean DROPGATE_PROBES_CLAMAV_SOCKET?',
      expect.stringMatching(
        /^DROPGATE_PROFILES_DEFAULT_PROBES: profiles\.default\.probes: is no YAML value \(.*; write/,
      ),
      'DROPGATE_WATCH: no such setting; unset it',
      'DROPGATE_PROBES_YARA_RULES: probes.yara.rules.0: is 1; write a text',
      'DROPGATE_PROBES_YARA_PROCESSES: probes.yara.processes: is the text "many"; write a number',
    ]);
  });

  it('leave alone what is no setting', () => {
    const env = { DROPGATE_ENTRIES: '/x', DROPGATE_FAULT_KILL: 'a:before', DROPGATE_QUEUE_SECRET: 's', LAB_TOKEN: 't' };
    expect(mistakes('', env)).toEqual([]);
  });
});
