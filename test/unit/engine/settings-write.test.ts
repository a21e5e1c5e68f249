import { mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../../src-main/base/log';
import type { IpcParams } from '../../../src-main/contract/ipc-schema';
import { IPC_CALLS } from '../../../src-main/contract/ipc-schema';
import { loadSettings } from '../../../src-main/engine/load-settings';
import { SETTINGS_HANDLERS } from '../../../src-main/engine/settings-handlers';
import type { LoadOptions } from '../../../src-main/engine/settings-locate';
import { tempFolder } from '../../support/temp-folder';

const YAML = '# mine\nretention:\n  historyDays: 7 # a week\n';

/** The calls of an engine whose working folder holds `yaml`, and whose data folder is beside it. */
function gate(yaml: string | null, more: Partial<LoadOptions> = {}) {
  const root = tempFolder();
  const [cwd, dataDir] = [join(root, 'work'), join(root, 'data')];
  mkdirSync(cwd);
  mkdirSync(dataDir);
  const file = join(cwd, 'dropgate.yaml');
  if (yaml !== null) writeFileSync(file, yaml);
  const loaded = loadSettings({ env: { HOME: root }, cwd, dataDir, ...more });
  const onSettingsWritten = vi.fn();
  const parts = { loaded, onSettingsWritten, log: createLogger({ level: 'silent' }) };
  const write = (
    changes: IpcParams<'settings-write'>['changes'],
    rest: { version?: string; checkOnly?: boolean } = {},
  ) => SETTINGS_HANDLERS['settings-write'](parts, { checkOnly: false, ...rest, changes });
  const read = async () => IPC_CALLS['settings-read'].result.parse(await SETTINGS_HANDLERS['settings-read'](parts, {}));
  return { root, cwd, dataDir, file, onSettingsWritten, write, read, parts };
}

const days = (value: number) => [{ path: ['retention', 'historyDays'], value }];

describe('settings-read', () => {
  it('tells what the file says, what is used, every key, and what the environment sets', async () => {
    const env = { HOME: '/h', DROPGATE_PROBES_YARA_PROCESSES: '5' };
    const { read, file, dataDir } = gate(YAML, { env });
    const told = await read();
    expect(told).toMatchObject({
      file,
      written: { retention: { historyDays: 7 } },
      effective: { dataDir, retention: { historyDays: 7, quarantineDays: 0 }, probes: { yara: { processes: 5 } } },
      overridden: ['probes.yara.processes', 'dataDir'],
      schema: { type: 'object', properties: { watch: { title: 'Watched folders' } } },
    });
  });

  it('names the file that a first change would make', async () => {
    const { read, dataDir } = gate(null);
    expect(await read()).toMatchObject({ file: join(dataDir, 'dropgate.yaml'), written: {} });
  });

  it('says what is wrong with a file that is no YAML any more', async () => {
    const { read, file } = gate(YAML);
    writeFileSync(file, 'retention: [');
    await expect(read()).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining(`${file}: line`),
    });
  });
});

describe('settings-write', () => {
  it('changes the file, keeps its comments and its mode, and has the engine take it over', async () => {
    const { write, read, file, cwd, onSettingsWritten } = gate(YAML);
    const { version } = await read();
    expect(await write(days(9), { version })).toEqual({ problems: [] });
    expect(readFileSync(file, 'utf8')).toBe('# mine\nretention:\n  historyDays: 9 # a week\n');
    expect(readdirSync(cwd)).toEqual(['dropgate.yaml']);
    expect(statSync(file).mode & 0o777).toBe(0o666 & ~process.umask());
    await vi.waitFor(() => expect(onSettingsWritten).toHaveBeenCalledOnce());
    expect((await read()).version).not.toBe(version);
  });

  it('makes a configuration in the data folder where none was, for its owner alone', async () => {
    const { write, dataDir, parts } = gate(null);
    expect(await write(days(9))).toEqual({ problems: [] });
    const file = join(dataDir, 'dropgate.yaml');
    expect(readFileSync(file, 'utf8')).toMatch(
      /^# The configuration of Dropgate[\s\S]*\n\nretention:\n {2}historyDays: 9\n$/,
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(loadSettings(parts.loaded.options)).toMatchObject({ file, settings: { retention: { historyDays: 9 } } });
  });

  it.each<[string, IpcParams<'settings-write'>['changes'], unknown]>([
    ['a value that does not fit', days(0), { path: ['retention', 'historyDays'], text: 'is 0; write more than 0' }],
    [
      'a key that is unknown',
      [{ path: ['retenton', 'x'], value: 1 }],
      { path: ['retenton'], text: expect.stringContaining('did you mean "retention"') },
    ],
    [
      'names that mean nothing',
      [{ path: ['profiles', 'default', 'destination'], value: 'far' }],
      { path: ['profiles', 'default', 'destination'], text: expect.stringContaining('there is no destination "far"') },
    ],
    [
      'a place that cannot be',
      [{ path: ['watch', 3, 'dir'], value: 'x' }],
      { path: ['watch'], text: expect.stringContaining('at position 3') },
    ],
  ])('writes nothing for %s, and says so as loading does', async (_name, changes, problem) => {
    const { write, file, onSettingsWritten } = gate(YAML);
    expect(await write(changes)).toEqual({ problems: [problem] });
    expect(readFileSync(file, 'utf8')).toBe(YAML);
    expect(onSettingsWritten).not.toHaveBeenCalled();
  });

  it('only checks when asked to', async () => {
    const { write, file } = gate(YAML);
    expect(await write(days(9), { checkOnly: true })).toEqual({ problems: [] });
    expect((await write(days(-1), { checkOnly: true })).problems).toHaveLength(1);
    expect(readFileSync(file, 'utf8')).toBe(YAML);
  });

  it('refuses when the file is another than was shown', async () => {
    const { write, read, file } = gate(YAML);
    const { version } = await read();
    writeFileSync(file, `${YAML}# by an editor\n`);
    const { problems } = await write(days(9), { version });
    expect(problems).toEqual([{ path: [], text: expect.stringContaining(`${file} was changed by another program`) }]);
    expect(readFileSync(file, 'utf8')).toBe(`${YAML}# by an editor\n`);
  });

  it('refuses when a file appeared where none was shown', async () => {
    const { write, read, file, dataDir } = gate(null);
    const { version } = await read();
    writeFileSync(file, YAML);
    expect((await write(days(9), { version })).problems[0]?.text).toContain('was changed by another program');
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('does not lose one of two changes that come at once', async () => {
    const { write, file } = gate(YAML);
    const other = [{ path: ['retention', 'quarantineDays'], value: 3 }];
    expect(await Promise.all([write(days(9)), write(other)])).toEqual([{ problems: [] }, { problems: [] }]);
    expect(readFileSync(file, 'utf8')).toBe('# mine\nretention:\n  historyDays: 9 # a week\n  quarantineDays: 3\n');
  });

  it('writes through a link only for those who were told where it leads', async () => {
    const { write, read, cwd, root } = gate(null);
    const target = join(root, 'dotfile.yaml');
    writeFileSync(target, YAML);
    symlinkSync(target, join(cwd, 'dropgate.yaml'));
    const refused = await write(days(9));
    expect(refused.problems[0]?.text).toContain(`is a link to ${target}`);
    expect(readFileSync(target, 'utf8')).toBe(YAML);
    const told = await read();
    expect(told.file).toBe(target);
    expect(await write(days(9), { version: told.version })).toEqual({ problems: [] });
    expect(readFileSync(target, 'utf8')).toContain('historyDays: 9 # a week');
    expect(readlinkSync(join(cwd, 'dropgate.yaml'))).toBe(target);
  });

  it('does not replace a link to nothing', async () => {
    const { write, dataDir, root } = gate(null);
    symlinkSync(join(root, 'nothing'), join(dataDir, 'dropgate.yaml'));
    expect((await write(days(9))).problems[0]?.text).toContain('is a link to nothing');
  });

  it('says when a variable is what does not fit', async () => {
    const env: NodeJS.ProcessEnv = { HOME: '/h' };
    const { write } = gate(YAML, { env });
    env.DROPGATE_PROBES_YARA_PROCESSES = 'many';
    const { problems } = await write(days(9));
    expect(problems[0]?.text).toMatch(/^DROPGATE_PROBES_YARA_PROCESSES: is the text "many"/);
  });

  it('leaves a file alone that is no YAML', async () => {
    const { write, file } = gate(YAML);
    writeFileSync(file, 'retention: [');
    expect((await write(days(9))).problems[0]?.text).toMatch(new RegExp(`^${file}: line`));
  });
});

describe('destination-test', () => {
  it('takes a relative folder as the configuration would, and answers as the contract says', async () => {
    const { parts, cwd } = gate(YAML);
    const destination = { kind: 'folder', dir: './outbox' } as const;
    const told = await SETTINGS_HANDLERS['destination-test'](parts, { destination });
    expect(IPC_CALLS['destination-test'].result.parse(told)).toMatchObject({ ok: true, found: {} });
    expect(told.steps[0]?.detail).toContain(join(cwd, 'outbox'));
    expect(readdirSync(cwd)).toEqual(['dropgate.yaml']);
  });
});
