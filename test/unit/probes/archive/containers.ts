import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component } from '../../../support/components';
import { EICAR, tempFolder } from '../../../support/temp-folder';

/** One kind of container made by a program that is not ours. */
export interface Made {
  readonly kind: string;
  readonly needs: Component;
  /** Run in a folder that holds `eicar.com` and `docs/note.txt`; the last argument of each must leave `made`. */
  readonly commands: readonly (readonly string[])[];
  /** Names of the children; `eicar.com` and `docs/note.txt` unless told. */
  readonly names?: readonly string[];
}

const FILES = ['eicar.com', 'docs/note.txt'];
export const NOTE = Buffer.from('An ordinary note beside it.\n'.repeat(40));
const bsdtar = (kind: string, ...options: string[]): Made => ({
  kind: `${kind} by bsdtar`,
  needs: 'bsdtar',
  commands: [['bsdtar', '-cf', 'made', ...options, ...FILES]],
});
const sevenZip = (kind: string, ...options: string[]): Made => ({
  kind: `${kind} by 7zz`,
  needs: '7zz',
  commands: [
    ['7zz', 'a', '-bso0', ...options, 'made.out', ...FILES],
    ['mv', 'made.out', 'made'],
  ],
});
/** One packed content: the child is the file itself. */
const packed = (program: Component, ...options: string[]): Made => ({
  kind: `${program} ${options.join(' ')}`.trim(),
  needs: program,
  commands: [['sh', '-c', `${program} ${options.join(' ')} -c eicar.com > made`]],
  names: ['content'],
});
const python = (kind: string, program: string, names?: readonly string[]): Made => ({
  kind: `${kind} by python`,
  needs: 'python3',
  commands: [['python3', '-c', program]],
  ...(names === undefined ? {} : { names }),
});

const tarBy = (format: string) =>
  `import tarfile; t = tarfile.open('made', 'w', format=tarfile.${format}); [t.add(n) for n in ${JSON.stringify(FILES)}]; t.close()`;

/** Every kind that is opened, with several makers where there are. */
export const CONTAINERS: readonly Made[] = [
  python('tar (pax)', tarBy('PAX_FORMAT')),
  python('tar (GNU)', tarBy('GNU_FORMAT')),
  python('tar (ustar)', tarBy('USTAR_FORMAT')),
  python('gzip', "import gzip; gzip.open('made', 'wb').write(open('eicar.com', 'rb').read())", ['content']),
  python('bz2', "import bz2; bz2.open('made', 'wb').write(open('eicar.com', 'rb').read())", ['content']),
  python('xz', "import lzma; lzma.open('made', 'wb').write(open('eicar.com', 'rb').read())", ['content']),
  python(
    'lzma',
    "import lzma; lzma.open('made', 'wb', format=lzma.FORMAT_ALONE).write(open('eicar.com', 'rb').read())",
    ['content'],
  ),
  packed('gzip', '-9'),
  packed('bzip2'),
  packed('xz', '-6'),
  packed('zstd', '-q'),
  packed('zstd', '-q --ultra -22'),
  packed('lz4', '-q'),
  packed('compress', '-f'),
  bsdtar('tar (v7)', '--format=v7tar'),
  bsdtar('7z', '--format=7zip'),
  bsdtar('cpio (odc)', '--format=odc'),
  bsdtar('cpio (newc)', '--format=newc'),
  bsdtar('iso', '--format=iso9660'),
  sevenZip('7z', '-t7z', '-ms=on'),
  sevenZip('7z (PPMd)', '-t7z', '-m0=PPMd'),
  sevenZip('7z (store)', '-t7z', '-mx=0'),
  sevenZip('wim', '-twim'),
  {
    kind: 'cpio',
    needs: 'cpio',
    commands: [['sh', '-c', 'printf "eicar.com\\ndocs/note.txt\\n" | cpio -o -H crc > made']],
  },
  { kind: 'ar', needs: 'ar', commands: [['ar', 'rc', 'made', ...FILES]], names: ['eicar.com', 'note.txt'] },
  { kind: 'cab', needs: 'gcab', commands: [['gcab', '-c', 'made', ...FILES]] },
  { kind: 'cab (MSZIP)', needs: 'gcab', commands: [['gcab', '-c', '-z', 'made', ...FILES]] },
  {
    kind: 'iso (Joliet, Rock Ridge)',
    needs: 'genisoimage',
    commands: [
      [
        'genisoimage',
        '-quiet',
        '-J',
        '-R',
        '-graft-points',
        '-o',
        'made',
        'eicar.com=eicar.com',
        'docs/note.txt=docs/note.txt',
      ],
    ],
  },
  {
    kind: 'iso and udf',
    needs: 'genisoimage',
    commands: [
      [
        'genisoimage',
        '-quiet',
        '-udf',
        '-graft-points',
        '-o',
        'made',
        'eicar.com=eicar.com',
        'docs/note.txt=docs/note.txt',
      ],
    ],
    names: ['EICAR.COM', 'DOCS/NOTE.TXT', 'eicar.com', 'docs/note.txt'],
  },
  {
    kind: 'arj',
    needs: 'arj',
    commands: [
      ['arj', 'a', '-y', 'made.arj', ...FILES],
      ['mv', 'made.arj', 'made'],
    ],
  },
  ...['0', '1', '2'].map(
    (level): Made => ({
      kind: `lzh (level ${level})`,
      needs: 'jlha',
      commands: [
        ['jlha', `aq${level}`, 'made.lzh', ...FILES],
        ['mv', 'made.lzh', 'made'],
      ],
    }),
  ),
  {
    kind: 'squashfs',
    needs: 'mksquashfs',
    commands: [
      ['mkdir', 'tree'],
      ['cp', '-r', 'eicar.com', 'docs', 'tree'],
      ['mksquashfs', 'tree', 'made', '-quiet', '-no-progress'],
    ],
  },
  {
    kind: 'FAT image',
    needs: 'mcopy',
    commands: [
      ['sh', '-c', 'head -c 1474560 /dev/zero > made'],
      ['/sbin/mkfs.fat', 'made'],
      ['mcopy', '-s', '-i', 'made', 'eicar.com', 'docs', '::'],
    ],
  },
  {
    kind: 'ext2 image',
    needs: 'mke2fs',
    commands: [
      ['mkdir', 'tree'],
      ['cp', '-r', 'eicar.com', 'docs', 'tree'],
      ['/sbin/mke2fs', '-q', '-t', 'ext2', '-d', 'tree', 'made', '2M'],
    ],
  },
];

/** The bytes of a container with EICAR and a note in it. */
export function make({ commands }: Pick<Made, 'commands'>): Buffer {
  const folder = tempFolder();
  mkdirSync(join(folder, 'docs'));
  writeFileSync(join(folder, 'eicar.com'), EICAR);
  writeFileSync(join(folder, 'docs', 'note.txt'), NOTE);
  for (const [program = '', ...args] of commands) execFileSync(program, args, { cwd: folder, stdio: 'ignore' });
  return readFileSync(join(folder, 'made'));
}
