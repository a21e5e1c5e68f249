import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { burn } from '@kenjiuno/msgreader/lib/Burner';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unpackOle } from '../../../../../src-main/probes/archive/documents/ole';
import { pdfMembers } from '../../../../../src-main/probes/archive/documents/pdf';
import { describeWith } from '../../../../support/components';
import { EICAR, tempFolder } from '../../../../support/temp-folder';
import { kindOf, piecesOf, piecesOfFile, type Taken } from './make';
import { mutated } from './mutate';

const RUNS = 150;
/** The same changes each time: other ones are tried by `npm run fuzz`. */
const SEED = 20261121;

/** Changes `file` and expects of each change: what another program still takes out of it is a member, or there is a note. */
async function expectNothingMissed(
  file: Buffer,
  kind: string,
  readOther: (path: string) => Buffer,
  read: (bytes: Buffer) => Promise<Taken>,
): Promise<void> {
  const path = join(tempFolder(), 'mutated');
  const seen = { by: 0, silent: 0 };
  await fc.assert(
    fc.asyncProperty(mutated(file), async (bytes) => {
      writeFileSync(path, bytes);
      const extracts = readOther(path).includes(EICAR);
      const isOpened = (await kindOf(bytes)) === kind;
      const { members, notes } = isOpened ? await read(bytes) : { members: [], notes: [] };
      seen.by += Number(extracts);
      seen.silent += Number(notes.length === 0);
      expect(!extracts || notes.length > 0 || members.some((member) => member.bytes.includes(EICAR))).toBe(true);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(seen.by).toBeGreaterThan(RUNS / 20);
  expect(seen.silent).toBeGreaterThan(RUNS / 20);
}

describeWith(['7zz'], 'changed compound files', () => {
  it('what 7-Zip still takes out is a member, or the file is noted', async () => {
    const contents = [EICAR, Buffer.concat([Buffer.alloc(5000, 'x'), EICAR]), Buffer.from('y')];
    const streams = contents.map((content, number) => ({
      name: `stream ${number}`,
      type: 2,
      length: content.length,
      binaryProvider: () => Uint8Array.from(content),
    }));
    const made = Buffer.from(burn([{ name: 'Root Entry', type: 5, length: 0, children: [1, 2, 3] }, ...streams]));
    const take = (path: string) => spawnSync('7zz', ['x', '-so', '-tCompound', path]).stdout;
    await expectNothingMissed(made, 'OLE compound file', take, (bytes) => piecesOfFile(unpackOle, bytes));
  });
});

describeWith(['qpdf'], 'changed PDFs', () => {
  it.each([{ options: ['--object-streams=generate'] }, { options: ['--object-streams=disable'] }])(
    'of qpdf with $options: what it still takes out is a member, or the PDF is noted',
    async ({ options }) => {
      const folder = tempFolder();
      writeFileSync(join(folder, 'eicar.com'), EICAR);
      const dates = ['--creationdate=D:20260101000000Z', '--moddate=D:20260101000000Z'];
      const attach = ['--empty', '--deterministic-id', '--add-attachment', 'eicar.com', ...dates, '--'];
      execFileSync('qpdf', [...attach, ...options, 'made.pdf'], { cwd: folder, stdio: 'pipe' });
      const take = (path: string) => spawnSync('qpdf', ['--show-attachment=eicar.com', path]).stdout;
      const made = readFileSync(join(folder, 'made.pdf'));
      await expectNothingMissed(made, 'PDF document', take, (bytes) => piecesOf(pdfMembers, bytes));
    },
  );
});
