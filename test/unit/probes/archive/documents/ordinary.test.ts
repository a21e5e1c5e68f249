import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWith } from '../../../../support/components';
import { tempFolder } from '../../../../support/temp-folder';
import { scanArchive } from '../support';

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describeWith(['soffice'], 'documents that LibreOffice wrote', () => {
  it('are complete, without findings', async () => {
    const folder = tempFolder();
    const rows = '<tr><td>1</td><td><b>two</b></td></tr>'.repeat(40);
    const picture = `<img src="data:image/png;base64,${PICTURE.toString('base64')}">`;
    writeFileSync(
      join(folder, 'page.html'),
      `<html><body><h1>Title</h1>${picture}<table>${rows}</table></body></html>`,
    );
    const made = join(folder, 'made');
    mkdirSync(made);
    for (const kind of ['doc', 'rtf', 'pdf']) {
      const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
      const options = ['--headless', '--infilter=HTML (StarWriter)', '--convert-to', kind, '--outdir', made];
      execFileSync('soffice', [profile, ...options, join(folder, 'page.html')], { stdio: 'pipe' });
    }
    const names = readdirSync(made).sort();
    expect(names).toEqual(['page.doc', 'page.pdf', 'page.rtf']);
    for (const name of names) {
      const { coverage, found, children } = await scanArchive(readFileSync(join(made, name)));
      expect([name, coverage, found]).toEqual([name, 'complete', []]);
      if (name !== 'page.rtf') expect(children.length).toBeGreaterThan(0);
    }
  }, 120_000);
});
