import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { rar4Of, rar5Of } from './rar';
import { scanArchive, zipOf } from './support';

const PICTURE = Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP', 'base64');
const PROGRAM = readFileSync(process.execPath).subarray(0, 300_000);

function madeBy(command: readonly string[], made: string): Buffer {
  const folder = tempFolder();
  writeFileSync(join(folder, 'eicar.com'), EICAR);
  const [program = '', ...args] = command;
  execFileSync(program, args, { cwd: folder, stdio: 'ignore' });
  return readFileSync(join(folder, made));
}
const sevenZip = () => madeBy(['7zz', 'a', 'made.7z', 'eicar.com'], 'made.7z');
const cabinet = () => madeBy(['gcab', '-c', 'made.cab', 'eicar.com'], 'made.cab');

describeWith(['7zz', 'gcab', 'python3'], 'an archive inside another file', () => {
  it.each<[string, () => Buffer]>([
    ['7z', sevenZip],
    ['cabinet', cabinet],
    ['RAR 4', () => rar4Of('eicar.com', EICAR)],
    ['RAR 5', () => rar5Of('eicar.com', EICAR)],
  ])('%s behind a picture or a program is a child, and is opened', async (_kind, archive) => {
    for (const front of [PICTURE, PROGRAM]) {
      const whole = Buffer.concat([front, archive()]);
      const { coverage, children } = await scanArchive(whole);
      expect([coverage, children.map(({ name }) => name)]).toEqual(['complete', [`bytes-at-${front.length}`]]);
      const inner = await scanArchive(children[0]?.bytes ?? Buffer.alloc(0));
      expect([inner.coverage, inner.children.map(({ bytes }) => bytes.toString())]).toEqual([
        'complete',
        [String(EICAR)],
      ]);
    }
  });

  it('one behind the other: the second is a child too, and the file is not clean', async () => {
    const { coverage, children } = await scanArchive(Buffer.concat([sevenZip(), sevenZip()]));
    expect([coverage, children.map(({ name }) => name)]).toEqual([
      'partial',
      ['eicar.com', `bytes-at-${sevenZip().length}`],
    ]);
  });

  it('a zip in front of a document is not clean', async () => {
    const zip = zipOf({ 'a.txt': 'inside' });
    for (const length of [100, 500_000]) {
      const { coverage } = await scanArchive(
        Buffer.concat([zip, Buffer.from('%PDF-1.7\n'), Buffer.alloc(length, 'x')]),
      );
      expect(coverage).toBe('partial');
    }
  });

  it('a container whose last member is a zip gives that zip once more, as what programs for zips find', async () => {
    const zip = zipOf({ 'a.txt': 'inside' });
    const tar = madeBy(
      [
        'python3',
        '-c',
        `import tarfile, io, base64
t = tarfile.open('made', 'w'); b = base64.b64decode('${zip.toString('base64')}'); i = tarfile.TarInfo('a.zip'); i.size = len(b)
t.addfile(i, io.BytesIO(b)); t.close()`,
      ],
      'made',
    );
    const { coverage, children } = await scanArchive(tar);
    expect([coverage, children.map(({ name }) => name)]).toEqual(['complete', ['a.zip', 'bytes-at-512']]);
    expect(children[1]?.bytes.equals(zip)).toBe(true);
  });

  it('those that tell where they end are children without what follows, however many they are', async () => {
    const archive = sevenZip();
    const { coverage, children } = await scanArchive(
      Buffer.concat([PICTURE, ...Array.from({ length: 20 }, () => archive), PICTURE]),
    );
    expect([coverage, children.length]).toEqual(['complete', 20]);
    expect(children.every(({ bytes }) => bytes.equals(archive))).toBe(true);
  });
});
