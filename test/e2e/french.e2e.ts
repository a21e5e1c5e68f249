import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toldIn } from '../../src-main/contract/told';
import { writeDrop } from '../support/dropped-files';
import { startWindow, type TestWindow } from '../support/electron-window';
import { englishIn } from '../support/french-words';
import { keepScreenshot } from '../support/screenshots';
import { until } from '../support/until';
import { describeWindow } from '../support/window-components';
import { openForWork, rowOf } from '../support/window-hands';

const encoded = (path: string) => Buffer.from(path).toString('base64');

describeWindow('a French window over real files', () => {
  let folder = '';
  let denied = '';
  let window: TestWindow;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dropgate-french-'));
    denied = join(folder, 'denied.txt');
    writeFileSync(denied, `${'0'.repeat(64)}\n`);
    const given = [...(await writeDrop(join(folder, 'given'))), join(folder, 'pipe')];
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    window = await startWindow(folder, { env: { DROPGATE_PROBES_HASH_LIST_DENY: `[${denied}]` } });
    await openForWork(window);
    const paths = given.map(encoded);
    const { submission } = await window.engine('gate', { paths, profile: null, probes: null, force: false });
    await until('the end of the files', async () => (await window.engine('progress', { submission })).ended);
    await window.shell('set-preferences', { language: 'fr', theme: 'light' });
    await window.page.reload();
    await window.page.locator('html[lang=fr]').waitFor();
  });

  afterAll(async () => {
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The page of a file, on which `sentence` stands. */
  async function pageOf(name: string, sentence: string): Promise<Locator> {
    const { page, engine } = window;
    const { rows } = await engine('items', { query: { text: name }, offset: 0, limit: 100 });
    const row = rows.find((one) => one.name === name);
    await page.goto(`${page.url().split('#')[0]}#/results/${row?.id}`);
    const file = page.getByRole('region', { name: 'Fichier', exact: true });
    await file.getByText(sentence, { exact: true }).waitFor();
    await keepScreenshot(page, 'electron-french', name.replace('.', '-'));
    return file;
  }

  it.each([
    ['letter.txt', /^Les \d sondes requises ont examiné tout le fichier et n’ont rien trouvé/],
    ['eicar.com', /^YARA a trouvé .*, qui est un logiciel malveillant connu\.$/],
    [
      'secret.zip',
      /^La sonde Archive n’a pas examiné tout le fichier : le fichier contenu secret\.txt est chiffré, et aucun mot de passe connu ne l’ouvre\.$/,
    ],
    ['pipe', /^Ce fichier n’a pas pu être examiné : .* est une FIFO, pas un fichier ordinaire : /],
  ])('says in French why %s got its verdict, what each probe said and what to do', async (name, expected) => {
    const { rows } = await window.engine('items', { query: { text: name }, offset: 0, limit: 100 });
    const english = rows.find((row) => row.name === name)?.sentence ?? '';
    expect(englishIn(english)).not.toBeNull(); // ledger and reports stay as they are
    const french = toldIn('fr', english);
    expect(french).toMatch(expected);
    const file = await pageOf(name, french);
    expect(await file.getByText(english, { exact: true }).count()).toBe(0);
    const told = await file.locator('p, bdi, li').allTextContents();
    const own = told.filter((text) => !text.includes('EICAR') && !text.startsWith('command: ')); // a rule's words; its origin
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter((text) => englishIn(text.replaceAll(folder, '')) !== null)).toEqual([]);
  });

  it('says in French why the gate is closed and what is wrong with a probe', async () => {
    const { page } = window;
    rmSync(denied);
    await page.goto(`${page.url().split('#')[0]}#/probes`);
    const reason = `liste d’interdiction ${denied} : ce fichier est absent`;
    await page.getByText('Sas fermé').first().waitFor();
    await until('the reason', async () => (await page.getByText(reason).count()) >= 2);
    await keepScreenshot(page, 'electron-french', 'probes');
  });

  it('says in French why something was not done', async () => {
    const { page } = window;
    await page.goto(`${page.url().split('#')[0]}#/results/999999`);
    await page.getByText('il n’y a pas d’élément 999999 ; il a peut-être été purgé').first().waitFor();
    await page.goto(`${page.url().split('#')[0]}#/results`);
    await rowOf(page, 'secret.zip').waitFor();
  });
});
