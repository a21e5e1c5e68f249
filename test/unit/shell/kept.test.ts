import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PreferenceStore } from '../../../src-main/shell/preferences';
import { SavedFiles } from '../../../src-main/shell/saved-files';
import { type KeyStore, SecretStore } from '../../../src-main/shell/secrets';
import { openingBounds } from '../../../src-main/shell/window-state';
import { tempFolder } from '../../support/temp-folder';

describe('preferences', () => {
  it('are kept in a private file, and tell what changed', async () => {
    const file = join(tempFolder(), 'preferences.json');
    const store = new PreferenceStore(file, () => undefined);
    const heard: string[] = [];
    store.onChange(({ theme }) => heard.push(theme));
    await store.change({ theme: 'dark' });
    expect(heard).toEqual(['dark']);
    expect(new PreferenceStore(file, () => undefined).get()).toMatchObject({ theme: 'dark', drainOnQuit: true });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('that cannot be read are put aside, said, and begun anew', () => {
    const file = join(tempFolder(), 'preferences.json');
    writeFileSync(file, '{ "theme": ');
    const warnings: string[] = [];
    expect(new PreferenceStore(file, (text) => warnings.push(text)).get().theme).toBe('system');
    expect(warnings[0]).toContain(file);
    expect(readFileSync(`${file}.broken`, 'utf8')).toBe('{ "theme": ');
  });

  it('of which one is wrong keep the others', () => {
    const file = join(tempFolder(), 'preferences.json');
    writeFileSync(file, '{ "theme": "pink", "notifications": false }');
    expect(new PreferenceStore(file, () => undefined).get()).toMatchObject({ theme: 'system', notifications: false });
  });
});

/** A key store that turns texts around, behind a mark of how it encrypted them. */
function keyStore(backend: string | undefined, available = true, marker = ''): KeyStore {
  return {
    isEncryptionAvailable: () => available,
    ...(backend === undefined ? {} : { getSelectedStorageBackend: () => backend }),
    encryptString: (text) => Buffer.from(marker + [...text].reverse().join('')),
    decryptString: (bytes) => [...bytes.toString().slice(marker.length)].reverse().join(''),
  };
}

describe('secrets', () => {
  it('are kept encrypted, and reach the engine by its environment', async () => {
    const file = join(tempFolder(), 'secrets.json');
    const store = new SecretStore(file, keyStore('gnome_libsecret'), 'linux', () => undefined);
    expect(await store.set('AWS_SECRET_ACCESS_KEY', 'hush-hush!')).toEqual({ kept: true, problem: null });
    expect(readFileSync(file, 'utf8')).not.toContain('hush');
    expect(store.names()).toEqual(['AWS_SECRET_ACCESS_KEY']);
    expect(store.environment()).toEqual({ AWS_SECRET_ACCESS_KEY: 'hush-hush!' });
    await store.set('AWS_SECRET_ACCESS_KEY', '');
    expect(store.environment()).toEqual({});
  });

  it.each([
    ['a password that everybody knows', keyStore('basic_text'), 'linux'],
    ['a key store that has no name', keyStore(undefined), 'linux'],
    ['a nameless one that uses the fixed password', keyStore(undefined, true, 'v10'), 'linux'],
    ['no key store', keyStore('gnome_libsecret', false), 'linux'],
    ['a closed key store elsewhere', keyStore(undefined, false), 'win32'],
  ] as const)('are refused with an explanation: %s', async (_title, keys, platform) => {
    const file = join(tempFolder(), 'secrets.json');
    const store = new SecretStore(file, keys, platform, () => undefined);
    const answer = await store.set('AWS_ACCESS_KEY_ID', 'x');
    expect(answer.kept).toBe(false);
    expect(answer.problem).toContain('AWS_ACCESS_KEY_ID');
    expect(existsSync(file)).toBe(false);
  });

  it('are kept by a key store that an older Electron cannot name, when what it encrypts is marked as a key store’s', async () => {
    const file = join(tempFolder(), 'secrets.json');
    const store = new SecretStore(file, keyStore(undefined, true, 'v11'), 'linux', () => undefined);
    expect(await store.set('AWS_ACCESS_KEY_ID', 'x')).toEqual({ kept: true, problem: null });
  });

  it('that cannot be read any more are said, not handed on', async () => {
    const file = join(tempFolder(), 'secrets.json');
    await new SecretStore(file, keyStore('kwallet5'), 'linux', () => undefined).set('AWS_ACCESS_KEY_ID', 'x');
    const warnings: string[] = [];
    const store = new SecretStore(file, keyStore('basic_text'), 'linux', (text) => warnings.push(text));
    expect(store.environment()).toEqual({});
    expect(warnings).toHaveLength(1);
  });
});

describe('saved files', () => {
  it('are written only where a person chose, once for each choice', async () => {
    const path = join(tempFolder(), 'report.json');
    const saved = new SavedFiles();
    const write = () => saved.write(Buffer.from(path), async () => '{}');
    await expect(write()).rejects.toMatchObject({ code: 'PROTOCOL' });
    saved.name(path);
    await write();
    expect(readFileSync(path, 'utf8')).toBe('{}');
    await expect(write()).rejects.toMatchObject({ code: 'PROTOCOL' });
  });

  it('that cannot be written say which, why, and what to do', async () => {
    const path = join(tempFolder(), 'missing', 'report.json');
    const saved = new SavedFiles();
    saved.name(path);
    await expect(saved.write(Buffer.from(path), async () => '')).rejects.toThrow(
      /report\.json.*ENOENT.*another folder/,
    );
  });
});

describe('the place of the window', () => {
  const display = { x: 0, y: 0, width: 1920, height: 1080 };
  it.each([
    ['where it was', { x: 100, y: 50, width: 1000, height: 700 }, { x: 100, y: 50, width: 1000, height: 700 }],
    ['never too small', { x: 0, y: 0, width: 200, height: 100 }, { x: 0, y: 0, width: 900, height: 600 }],
    ['anew when its display is gone', { x: 3000, y: 0, width: 1000, height: 700 }, { width: 1200, height: 780 }],
    ['at first', null, { width: 1200, height: 780 }],
  ])('is %s', (_title, bounds, expected) => {
    expect(openingBounds({ bounds, maximized: false }, [display])).toEqual(expected);
  });
});
