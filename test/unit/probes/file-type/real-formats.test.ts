import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { FileType } from '../../../../src-main/contract/item';
import { findDisguises } from '../../../../src-main/probes/file-type/find-disguise';
import { describeWith } from '../../../support/components';
import { FORMAT_GROUPS, type Format } from '../../../support/formats/groups';
import { typeOfFile } from '../../../support/formats/type-of-file';
import { suiteFolder } from '../../../support/suite-folder';

/** Findings that change a verdict. */
function alarms(name: string, type: FileType): string[] {
  return findDisguises(Buffer.from(name), type)
    .filter(({ severity }) => severity !== 'info')
    .map((finding) => finding.name);
}

/** What the name of a document must raise over such content. A zip may well be a document that is a zip by its format. */
function expectedAlarms(format: Format, ending: string): string[] {
  const isZip = format.mime === 'application/zip' && ending === 'docx';
  if (format.kind === 'container') return isZip ? [] : ['archive-under-document-name'];
  const isText = ['txt', 'csv', 'log', 'html'].includes(ending);
  return format.kind === 'program' || (format.kind === 'script' && !isText) ? ['program-under-document-name'] : [];
}

/** How many files of the checkout's dependencies are looked at. */
const ORDINARY_FILES = 2000;

it('raises no alarm over ordinary files', async () => {
  const modules = join(__dirname, '../../../../node_modules');
  const paths = readdirSync(modules, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const step = Math.ceil(paths.length / ORDINARY_FILES);
  const raised: string[] = [];
  for (const path of paths.filter((_path, index) => index % step === 0)) {
    for (const alarm of alarms(basename(path), await typeOfFile(path))) raised.push(`${alarm}: ${path}`);
  }
  expect(raised).toEqual([]);
}, 120_000);

it('more than 100 formats are tried', () => {
  expect(FORMAT_GROUPS.flatMap(({ formats }) => formats).length).toBeGreaterThan(100);
});

for (const { title, needs, make, formats } of FORMAT_GROUPS) {
  describeWith(needs, `real ${title}`, () => {
    const folder = suiteFolder();
    const types = new Map<string, FileType>();
    beforeAll(async () => {
      make(folder);
      for (const name of readdirSync(folder)) types.set(name, await typeOfFile(join(folder, name)));
    }, 600_000);

    it('are known by their content', () => {
      const found = [...types].map(([name, { mime, description }]) => [name, mime, description].join(' | '));
      expect(found.sort()).toEqual(
        formats.map(({ name, mime, description }) => [name, mime, description].join(' | ')).sort(),
      );
    });

    it('raise no alarm under their own names', () => {
      expect([...types].flatMap(([name, type]) => alarms(name, type))).toEqual([]);
    });

    it.each('pdf docx xls jpg png heic mp3 mp4 txt csv log html'.split(' '))(
      'raise an alarm under the name of a .%s only where they run or hold files',
      (ending) => {
        const under = `photographs.${ending}`;
        const raised = formats.map((format) => {
          const type = types.get(format.name);
          return [format.name, ...(type === undefined ? ['not made'] : alarms(under, type))];
        });
        expect(raised).toEqual(formats.map((format) => [format.name, ...expectedAlarms(format, ending)]));
      },
    );
  });
}
