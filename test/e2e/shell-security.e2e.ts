import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWindow, type TestWindow } from '../support/electron-window';
import { describeWindow } from '../support/window-components';

/** The points of Electron's security checklist that can be driven; the others: test/unit/shell/security.test.ts. */
const folder = mkdtempSync(join(tmpdir(), 'dropgate-window-'));
let window: TestWindow;

beforeAll(async () => {
  window = await startWindow(folder);
  await window.running();
});

afterAll(async () => {
  await window.close();
  rmSync(folder, { recursive: true, force: true });
});

describeWindow('the page in a real Electron', () => {
  it('2, 3, 4, 6, 8 to 12: runs with the preferences that were asked for', async () => {
    const preferences = await window.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): object };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
  });

  it('2 and 20: sees neither Node nor Electron, and three functions of ours', async () => {
    const seen = await window.page.evaluate(() => {
      const scope = globalThis as unknown as Record<string, unknown>;
      const own = scope.dropgate as Record<string, unknown>;
      return {
        node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in scope),
        own: Object.keys(own),
      };
    });
    expect(seen.node).toEqual([]);
    expect(seen.own.sort()).toEqual(['call', 'on', 'pathsOf']);
  });

  it('5: is refused every permission', async () => {
    const answers = await window.page.evaluate(async () => {
      const page = globalThis as unknown as {
        navigator: { mediaDevices?: { getUserMedia(wish: object): Promise<unknown> } };
        Notification: { requestPermission(): Promise<string> };
      };
      const camera = await (page.navigator.mediaDevices?.getUserMedia({ video: true }) ?? Promise.reject()).then(
        () => 'given',
        () => 'refused',
      );
      return { camera, notices: await page.Notification.requestPermission() };
    });
    expect(answers).toEqual({ camera: 'refused', notices: 'denied' });
  });

  it('7: runs no script and reaches no address that is not a file of the application', async () => {
    const done = await window.page.evaluate(async () => {
      const page = globalThis as unknown as {
        ran?: boolean;
        fetch(address: string): Promise<unknown>;
        document: {
          createElement(name: string): { textContent: string; remove(): void };
          head: { append(node: unknown): void };
        };
      };
      const script = page.document.createElement('script');
      script.textContent = 'globalThis.ran = true';
      page.document.head.append(script);
      const fetched = await page.fetch('https://example.org/').then(
        () => 'reached',
        () => 'refused',
      );
      return { ran: page.ran === true, fetched };
    });
    expect(done).toEqual({ ran: false, fetched: 'refused' });
  });

  it('13 and 14: stays where it is, and opens nothing', async () => {
    const opened = await window.page.evaluate(() => {
      const page = globalThis as unknown as { open(address: string): unknown; location: { href: string } };
      const other = page.open('https://example.org/');
      page.location.href = 'https://example.org/';
      return other !== null;
    });
    expect(opened).toBe(false);
    const pages = await window.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
    );
    expect(pages).toHaveLength(1);
    expect(pages[0]).toMatch(/^dropgate:\/\/app\//);
  });

  it('15: gives the system no address but https', async () => {
    for (const url of ['file:///etc/passwd', 'http://example.org/', 'javascript:alert(1)'])
      expect(await window.answer('shell', 'open-link', { url })).toMatchObject({
        ok: false,
        error: { code: 'PROTOCOL' },
      });
  });

  it('17: is the only page that is answered', async () => {
    const answer = await window.app.evaluate(
      async ({ BrowserWindow }, preload) => {
        const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
        await other.loadURL('dropgate://app/');
        const asked = await other.webContents.executeJavaScript("window.dropgate.call('shell', 'about', {})");
        other.destroy();
        return asked as unknown;
      },
      await preloadOf(),
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'PROTOCOL' } });
  });

  it('17: is told what is wrong with a call that follows no schema', async () => {
    for (const [to, call, params] of [
      ['engine', 'no-such-call', {}],
      ['engine', 'watch', {}],
      ['engine', 'cancel', { submission: 'x' }],
      ['shell', '__proto__', {}],
      ['shell', 'reveal', { path: 3 }],
      ['nobody', 'about', {}],
    ] as const)
      expect(await window.answer(to as 'shell', call, params)).toMatchObject({
        ok: false,
        error: { code: 'PROTOCOL' },
      });
  });

  it('18: reads no file from outside of the application by its address', async () => {
    const statuses = await window.app.evaluate(({ net }) =>
      Promise.all(
        ['dropgate://app/index.html', 'dropgate://app/..%2f..%2fpackage.json', 'dropgate://other/index.html'].map(
          async (address) => (await net.fetch(address)).status,
        ),
      ),
    );
    expect(statuses).toEqual([200, 404, 404]);
  });
});

function preloadOf(): Promise<string> {
  return window.app.evaluate(({ app }) => `${app.getAppPath()}${app.isPackaged ? '/out/main' : ''}/preload/preload.js`);
}
