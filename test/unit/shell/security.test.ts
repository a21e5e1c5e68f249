import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { APP_ORIGIN, fileOf, headersFor } from '../../../src-main/shell/app-files';
import { CONTENT_POLICY, PRINT_POLICY } from '../../../src-main/shell/content-policy';
import { browsable } from '../../../src-main/shell/links';

/**
 * Electron's security checklist, point by point, as far as it can be read from sources and configuration.
 * What can be driven is driven in the real Electron: test/e2e/shell-security.e2e.ts.
 */
const root = join(__dirname, '..', '..', '..');
const folder = join(root, 'src-main', 'shell');
const sources = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
const all = [...sources.values()].join('\n');
const source = (name: string) => sources.get(name) ?? '';
const packaging = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as {
  readonly electronFuses: Record<string, boolean>;
  readonly fileAssociations: unknown[];
};

const directives = (policy: string) =>
  new Map(policy.split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1)]));

describe("Electron's security checklist", () => {
  it('1: loads nothing but the application itself', () => {
    const loaded = [...all.matchAll(/loadURL\(([^)]*)\)/g)].map(([, what]) => what);
    expect(loaded.sort()).toEqual(["'dropgate://print/'", 'APP_ORIGIN']);
    expect(all).not.toMatch(/loadFile\(|http:\/\/(?!\(localhost)/);
  });

  it.each([
    ['2: no Node for pages', /nodeIntegration: false/, /nodeIntegration\w*: true/],
    ['3: the preload is kept apart', /contextIsolation: true/, /contextIsolation: false/],
    ['4: every page is in a sandbox', /sandbox: true/, /sandbox: false/],
    ['6: web security is on', /webSecurity: true/, /webSecurity: false/],
    ['8: no insecure content', /allowRunningInsecureContent: false/, /allowRunningInsecureContent: true/],
    ['9: no experimental features', /experimentalFeatures: false/, /experimentalFeatures: true/],
    ['10: no features of Blink switched on', /webPreferences|pagePreferences/, /enableBlinkFeatures/],
    ['11 and 12: no webview', /webviewTag: false/, /webviewTag: true|allowpopups/],
  ])('%s', (_title, wanted, refused) => {
    expect(source('security.ts')).toMatch(wanted);
    expect(all).not.toMatch(refused);
  });

  it('2 to 12: every window takes its preferences from the one place', () => {
    const windows = [...all.matchAll(/new BrowserWindow\(/g)].length;
    expect([...all.matchAll(/webPreferences: (?:pagePreferences\(|\{ \.\.\.pagePreferences\()/g)]).toHaveLength(
      windows,
    );
  });

  it('5: every permission is refused, also when it is only looked up', () => {
    expect(source('security.ts')).toMatch(
      /setPermissionRequestHandler\(\(_contents, _permission, answer\) => answer\(false\)/,
    );
    expect(source('security.ts')).toMatch(/setPermissionCheckHandler\(\(\) => false\)/);
    expect(source('security.ts')).toMatch(/setDevicePermissionHandler\(\(\) => false\)/);
  });

  it('7: the policy allows files of the application, and nothing else', () => {
    const policy = directives(CONTENT_POLICY);
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('style-src')).toEqual(["'self'"]);
    expect(policy.get('connect-src')).toEqual(["'none'"]);
    expect(CONTENT_POLICY).not.toMatch(/unsafe|https?:|\*/);
    expect(headersFor('/x/index.html', CONTENT_POLICY)['content-security-policy']).toBe(CONTENT_POLICY);
    expect(directives(PRINT_POLICY).get('script-src')).toBeUndefined(); // falls back to 'none'
  });

  it('13 and 14: no page navigates, opens a window or holds another page', () => {
    for (const event of ['will-navigate', 'will-redirect', 'will-attach-webview'])
      expect(source('security.ts')).toContain(`contents.on('${event}', (event) => event.preventDefault())`);
    expect(source('security.ts')).toContain("setWindowOpenHandler(() => ({ action: 'deny' }))");
  });

  it.each([
    ['https://example.org/a?b#c', 'https://example.org/a?b#c'],
    ['http://example.org/', null],
    ['file:///etc/passwd', null],
    ['javascript:alert(1)', null],
    ['smb://host/share', null],
    ['https://user:secret@example.org/', null],
    ['no address', null],
  ])('15: only plain https addresses reach the system: %s', (address, expected) => {
    expect(browsable(address)).toBe(expected);
  });

  it('15: the system is given an address in one place alone, and no file is ever opened', () => {
    expect([...all.matchAll(/\.openExternal\(/g)]).toHaveLength(1);
    expect(all).not.toMatch(/\.openPath\(/);
  });

  it('16: the Electron that is shipped is a current one', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(Number(/\d+/.exec(devDependencies.electron ?? '')?.[0])).toBeGreaterThanOrEqual(45);
  });

  it('17: there is one channel for calls, and it asks who calls', () => {
    expect([...all.matchAll(/\bipc(?:Main)?\.(?:handle|on|once)\(/g)]).toHaveLength(1);
    expect(source('bridge.ts')).toContain('if (!ends.isOwnPage(event))');
  });

  it.each([
    [`${APP_ORIGIN}`, '/app/index.html'],
    [`${APP_ORIGIN}assets/a.js?x#y`, '/app/assets/a.js'],
    [`${APP_ORIGIN}../../etc/passwd`, '/app/etc/passwd'],
    [`${APP_ORIGIN}%2e%2e/%2e%2e/etc/passwd`, '/app/etc/passwd'],
    [`${APP_ORIGIN}..%2f..%2fetc/passwd`, null],
    [`${APP_ORIGIN}a%00b`, null],
    [`${APP_ORIGIN}a%5c..%5cb`, null],
    [`${APP_ORIGIN}%ff`, null],
    ['dropgate://other/index.html', null],
    ['file:///etc/passwd', null],
  ])('18: its own protocol instead of file://, which never leaves its folder: %s', (address, expected) => {
    expect(fileOf('/app', address)).toBe(expected);
  });

  it('19: what a release does not need is switched off in its binary', () => {
    expect(packaging.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
      enableCookieEncryption: true,
    });
    expect(packaging.fileAssociations).toEqual([]);
  });

  it('20: a page gets three functions of ours, and nothing of Electron', () => {
    const preload = source('preload.ts');
    expect([...preload.matchAll(/exposeInMainWorld\(/g)]).toHaveLength(1);
    expect(preload).not.toMatch(/ipcRenderer[,}]\s*\)|exposeInMainWorld\('[^']+', ipcRenderer/);
    expect([...preload.matchAll(/ipcRenderer\.(\w+)/g)].map(([, name]) => name).sort()).toEqual(['invoke', 'on']);
  });
});
