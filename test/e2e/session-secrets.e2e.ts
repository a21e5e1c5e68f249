import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWindow, type TestWindow } from '../support/electron-window';
import { type SessionDesktop, startDesktop } from '../support/session-desktop';
import { describeWindow } from '../support/window-components';
import { addS3Destination, openForWork } from '../support/window-hands';

const SECRET = 'wJalr-not-a-true-one-KEY';

describeWindow('a secret of a destination', () => {
  let folder = '';
  let desktop: SessionDesktop;
  let window: TestWindow | null = null;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-secrets-'));
  });

  afterEach(async () => {
    await window?.close();
    await desktop.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(): Promise<TestWindow> {
    window = await startWindow(folder, { env: { ...desktop.env, AWS_SECRET_ACCESS_KEY: undefined } });
    return window;
  }

  /** The environment of the engine that runs now, as the system tells it. */
  const engineEnvironment = async ({ running }: TestWindow) =>
    readFileSync(`/proc/${await running()}/environ`, 'utf8').split('\0');

  async function enterSecret(opened: TestWindow): Promise<void> {
    const { page } = opened;
    await openForWork(opened);
    await addS3Destination(page, 'inbound-s3');
    await page.getByLabel('Secret key', { exact: true }).fill(SECRET);
    await page.getByRole('button', { name: 'Keep credentials' }).click();
  }

  it('is encrypted by the key store, reaches engines that start from then on, and no one without the key store', async () => {
    desktop = await startDesktop(folder, { keyStore: true });
    let opened = await open();
    await enterSecret(opened);
    await opened.page.getByText('The credentials are kept by the system’s key store.').first().waitFor();
    expect(filesThatSay(folder, [SECRET, Buffer.from(SECRET).toString('base64')])).toEqual([]);
    expect(await engineEnvironment(opened)).not.toContain(`AWS_SECRET_ACCESS_KEY=${SECRET}`);
    await opened.shell('engine-restart', {});
    expect(await engineEnvironment(opened)).toContain(`AWS_SECRET_ACCESS_KEY=${SECRET}`);

    await opened.close();
    opened = await open();
    expect(await engineEnvironment(opened)).toContain(`AWS_SECRET_ACCESS_KEY=${SECRET}`);

    await opened.close();
    await desktop.stop();
    desktop = await startDesktop(folder, { keyStore: false });
    opened = await open();
    expect(await engineEnvironment(opened)).not.toContain(`AWS_SECRET_ACCESS_KEY=${SECRET}`);
    const kept = await opened.shell('secret-list', {});
    expect(kept).toMatchObject({ names: ['AWS_SECRET_ACCESS_KEY'], problem: expect.any(String) });
  });

  it('is refused with an explanation where the desktop has no key store', async () => {
    desktop = await startDesktop(folder, { keyStore: false });
    const opened = await open();
    await enterSecret(opened);
    await opened.page
      .getByText(/readable by anybody|no key store that is open/)
      .first()
      .waitFor();
    expect(await opened.shell('secret-list', {})).toMatchObject({ names: [], problem: expect.any(String) });
    expect(filesThatSay(folder, ['AWS_SECRET_ACCESS_KEY'])).toEqual([]);
  });
}, ['session services', 'key store']);

/** Files below a folder that hold one of these texts. */
function filesThatSay(folder: string, texts: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return files.filter((file) => {
    if (!(statSync(file, { throwIfNoEntry: false })?.isFile() ?? false)) return false;
    const content = readFileSync(file, 'latin1');
    return texts.some((text) => content.includes(text));
  });
}
