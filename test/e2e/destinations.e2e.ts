import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startWindow, type TestWindow } from '../support/electron-window';
import { honoursConditions } from '../support/s3-rules';
import { BUCKET, type S3Server, startS3Server } from '../support/s3-server';
import { describeWindow } from '../support/window-components';
import { addS3Destination, goTo, holdFilesOver, openForWork } from '../support/window-hands';

describeWindow('an S3 destination', () => {
  let folder = '';
  let server: S3Server;
  let window: TestWindow;

  beforeAll(async () => {
    server = await startS3Server();
    server.proxy.rules = [honoursConditions];
  });
  afterAll(() => server?.stop());

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-s3-window-'));
    writeFileSync(join(folder, 'dropgate.yaml'), '# where clean files go\n');
    const env = { AWS_ACCESS_KEY_ID: 'test-key', AWS_SECRET_ACCESS_KEY: 'test-value' };
    window = await startWindow(folder, { args: ['--config', join(folder, 'dropgate.yaml')], env });
    await openForWork(window);
  });

  afterEach(async () => {
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is entered in its form, tested with what a server really does, kept, and gets the clean files', async () => {
    const { page, engine } = window;
    await addS3Destination(page, 'inbound-s3');
    await page.getByLabel('Bucket', { exact: true }).fill('no-such-bucket');
    await page.getByLabel('Endpoint', { exact: true }).fill(server.endpoint);
    await page.getByLabel('Region', { exact: true }).fill('us-east-1');
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('Files cannot be forwarded yet.').waitFor();

    await page.getByLabel('Bucket', { exact: true }).fill(BUCKET);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText(/^Files can be forwarded with/).waitFor();
    for (const step of [
      'Store an object: works',
      'Read it back: works',
      'Never replace an object: works',
      'Take it away: works',
    ])
      await page.getByText(step).waitFor();
    expect(await server.keys()).toEqual([]);
    const takeOver = page.getByRole('button', { name: 'Use these settings' });
    if (await takeOver.isVisible()) await takeOver.click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/^Written to /).waitFor();
    await goTo(page, 'Destinations');
    const entry = page
      .getByRole('list', { name: 'Destinations' })
      .getByRole('listitem')
      .filter({ hasText: 'inbound-s3' });
    await entry.getByText('Reachable', { exact: true }).waitFor();
    const written = readFileSync(join(folder, 'dropgate.yaml'), 'utf8');
    expect(written).toContain('# where clean files go');
    expect(written).toContain(BUCKET);

    await useForDrops(window);
    const file = join(folder, 'für S3.txt');
    writeFileSync(file, 'proven clean');
    await (await holdFilesOver(page, [file])).drop();
    await expect
      .poll(
        async () => (await engine('items', { query: { dispositions: ['forwarded'] }, offset: 0, limit: 5 })).total,
        {
          timeout: 60_000,
        },
      )
      .toBe(1);
    const [key = ''] = await server.keys();
    expect(key).toMatch(/für S3\.txt$/);
    expect(String(await server.read(key))).toBe('proven clean');
  });
});

/** The default profile sends to it from now on. */
async function useForDrops({ engine }: TestWindow): Promise<void> {
  const { version } = await engine('settings-read', {});
  const { problems } = await engine('settings-write', {
    changes: [{ path: ['profiles', 'default', 'destination'], value: 'inbound-s3' }],
    checkOnly: false,
    version,
  });
  expect(problems).toEqual([]);
  await expect
    .poll(async () => JSON.stringify((await engine('settings-read', {})).effective), { timeout: 60_000 })
    .toContain('"destination":"inbound-s3"');
}
