import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { scanArchive } from './support';

/** A tar by python: `add(name, content, **fields of TarInfo)`. */
function tar(program: string): Buffer {
  const path = join(tempFolder(), 'made.tar');
  const start = [
    'import io, sys, tarfile',
    `eicar = bytes.fromhex('${EICAR.toString('hex')}')`,
    't = tarfile.open(sys.argv[1], "w", format=tarfile.PAX_FORMAT)',
    'def add(name, content, **fields):',
    '    i = tarfile.TarInfo(name); i.size = len(content)',
    '    for key, value in fields.items(): setattr(i, key, value)',
    '    t.fileobj.write(i.tobuf(tarfile.PAX_FORMAT)); t.fileobj.write(content + bytes(-len(content) % 512))',
    '    t.offset = t.fileobj.tell()',
  ];
  execFileSync('python3', ['-c', `${[...start, program].join('\n')}\nt.close()`, path]);
  return readFileSync(path);
}

describeWith(['python3', '7zz'], 'a tar that programs read differently', () => {
  it.each([
    ['that is EICAR itself', 'add("d/", eicar)'],
    ['that holds another member', 'i = tarfile.TarInfo("e.com"); i.size = 68; add("d/", i.tobuf() + eicar)'],
  ])('a folder with content %s is not complete', async (_what, program) => {
    const { coverage, children } = await scanArchive(tar(`add("a.txt", b"harmless")\n${program}`));
    expect(coverage !== 'complete' || children.some(({ bytes }) => bytes.equals(EICAR))).toBe(true);
  });

  it.each([
    [
      '1.0',
      'add("e", b"1\\n0\\n68\\n".ljust(512, b"\\0") + eicar, pax_headers={"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "e.com", "GNU.sparse.realsize": "68"})',
    ],
    [
      '0.1',
      'add("e", eicar[34:] + eicar[:34], pax_headers={"GNU.sparse.size": "68", "GNU.sparse.numblocks": "2", "GNU.sparse.map": "34,34,0,34", "GNU.sparse.name": "e.com"})',
    ],
    [
      '1.0 behind a long comment',
      'add("e", b"1\\n0\\n68\\n".ljust(512, b"\\0") + eicar, pax_headers={"comment": "c" * 70000, "GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "e.com", "GNU.sparse.realsize": "68"})',
    ],
    [
      '1.0 for all members, behind a long comment',
      't.fileobj.write(tarfile.TarInfo.create_pax_global_header({"comment": "c" * 70000, "GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "e.com", "GNU.sparse.realsize": "68"}))\nadd("e", b"1\\n0\\n68\\n".ljust(512, b"\\0") + eicar)',
    ],
    [
      '1.0 for all members',
      't.fileobj.write(tarfile.TarInfo.create_pax_global_header({"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "e.com", "GNU.sparse.realsize": "68"}))\nadd("e", b"1\\n0\\n68\\n".ljust(512, b"\\0") + eicar)',
    ],
  ])('a sparse file of the form %s, which 7-Zip does not put together, is not complete', async (_form, program) => {
    expect((await scanArchive(tar(program))).coverage).not.toBe('complete');
  });
});
