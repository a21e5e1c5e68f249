import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TEN_MINUTES = 600_000;

/** Runs a program without a shell, silently; its error output is in what it throws. */
function run(program: string, args: readonly string[], cwd: string): void {
  execFileSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], timeout: TEN_MINUTES });
}

/** What one ffmpeg call makes of a test picture and a tone: names tell the formats. */
export function makeMedia(folder: string): void {
  const pictures =
    'png jpg gif bmp tiff webp ppm pgm pbm pam pcx sgi xbm dpx exr jp2 jxl avif ras fits qoi apng ico'.split(' ');
  const sounds = 'wav mp3 flac ogg opus m4a aac wma aiff au ac3 caf wv tta spx'.split(' ');
  const films = 'mp4 mov mkv webm avi wmv flv mpg ts 3gp ogv swf'.split(' ');
  const inputs = ['-f', 'lavfi', '-i', 'testsrc=size=176x144:rate=25:duration=1'];
  const tone = ['-f', 'lavfi', '-i', 'sine=duration=1:sample_rate=44100'];
  const small: Readonly<Record<string, readonly string[]>> = {
    '3gp': ['-c:v', 'h263', '-c:a', 'aac'],
    avif: ['-c:v', 'libaom-av1', '-cpu-used', '8'],
    ico: ['-s', '64x64'],
  };
  const outputs = [
    ...pictures.flatMap((kind) => ['-map', '0:v', '-frames:v', '1', ...(small[kind] ?? []), `picture.${kind}`]),
    ...sounds.flatMap((kind) => ['-map', '1:a', `sound.${kind}`]),
    ...films.flatMap((kind) => [
      '-map',
      '0:v',
      '-map',
      '1:a',
      '-frames:v',
      '5',
      ...(small[kind] ?? []),
      `film.${kind}`,
    ]),
  ];
  run('ffmpeg', ['-v', 'error', '-strict', 'experimental', ...inputs, ...tone, ...outputs], folder);
}

const OFFICE = 'urn:oasis:names:tc:opendocument:xmlns';
const flat = (kind: string, body: string): string =>
  `<?xml version="1.0"?><office:document xmlns:office="${OFFICE}:office:1.0" xmlns:text="${OFFICE}:text:1.0"
  xmlns:draw="${OFFICE}:drawing:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.${kind}">
  <office:body>${body}</office:body></office:document>`;

/** Documents as LibreOffice saves them: its own formats, Microsoft's of both times, and what it exports. */
export function makeDocuments(folder: string): void {
  const profile = mkdtempSync(join(tmpdir(), 'dropgate-office-'));
  const sources: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'letter.fodt',
      flat('text', '<office:text><text:p>Dear Anna</text:p></office:text>'),
      ['odt', 'doc', 'docx', 'pdf', 'epub'],
    ],
    ['table.csv', 'name,year\nAnna,1990\nPaul,1985\n', ['ods', 'xls', 'xlsx']],
    [
      'slides.fodp',
      flat('presentation', '<office:presentation><draw:page/></office:presentation>'),
      ['odp', 'ppt', 'pptx'],
    ],
    ['drawing.fodg', flat('graphics', '<office:drawing><draw:page/></office:drawing>'), ['odg', 'emf', 'wmf']],
  ];
  try {
    for (const [name, content, targets] of sources) {
      writeFileSync(join(folder, name), content);
      for (const target of targets) {
        run('soffice', [`-env:UserInstallation=file://${profile}`, '--headless', '--convert-to', target, name], folder);
      }
    }
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

const ARCHIVERS: readonly (readonly string[])[] = [
  ['7zz', 'a', 'data.7z', 'tree'],
  ['7zz', 'a', '-twim', 'data.wim', 'tree'],
  ['zstd', '-q', '-o', 'data.zst', 'tree/notes.txt'],
  ['lz4', '-q', 'tree/notes.txt', 'data.lz4'],
  ['gcab', '-c', 'data.cab', 'tree/notes.txt'],
  ['ar', 'rc', 'data.a', 'tree/notes.txt'],
  ['bsdtar', '--format=newc', '-cf', 'new.cpio', 'tree'],
  ['bsdtar', '--format=odc', '-cf', 'old.cpio', 'tree'],
  ['bsdtar', '--format=xar', '-cf', 'data.xar', 'tree'],
  ['bsdtar', '--lzip', '-cf', 'data.tar.lz', 'tree'],
  ['bsdtar', '-Zcf', 'data.tar.Z', 'tree'],
  ['arj', 'a', '-y', 'data.arj', 'tree/notes.txt'],
  ['jlha', 'aq', 'data.lzh', 'tree/notes.txt'],
  ['genisoimage', '-quiet', '-J', '-o', 'disk.iso', 'tree'],
  ['mksquashfs', 'tree', 'disk.squashfs', '-quiet', '-no-progress'],
  ['mformat', '-C', '-f', '1440', '-i', 'floppy.img', '::'],
  ['dpkg-deb', '-b', 'tree', 'package.deb'],
];

/** Archives and disk images, each by the program that people make it with. */
export function makeArchives(folder: string): void {
  run('python3', [join(__dirname, 'make-binaries.py'), folder], folder);
  const tree = join(folder, 'tree');
  mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
  writeFileSync(join(tree, 'notes.txt'), 'The quick brown fox.\n'.repeat(99));
  writeFileSync(
    join(tree, 'DEBIAN', 'control'),
    'Package: a\nVersion: 1\nArchitecture: all\nMaintainer: A <a@b.org>\nDescription: a\n',
  );
  for (const [program = '', ...args] of ARCHIVERS) run(program, args, folder);
  rmSync(tree, { recursive: true });
}

/** Fonts: one of the system, and the same as web fonts. */
export function makeFonts(folder: string): void {
  copyFileSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf', join(folder, 'font.ttf'));
  run('sfnt2woff', ['font.ttf'], folder);
  run('woff2_compress', ['font.ttf'], folder);
}

/** Texts, each as a person or a program writes it. */
export function makeTexts(folder: string): void {
  run('python3', [join(__dirname, 'make-texts.py'), folder], folder);
}

/** Programs of this checkout for every system, and the Node that runs the tests. */
export function makePrograms(folder: string): void {
  const modules = join(__dirname, '../../../node_modules');
  for (const [name, path] of [
    ['program.exe', 'electron-winstaller/vendor/Setup.exe'],
    ['library.dll', 'electron-winstaller/vendor/7z-x64.dll'],
    ['addon.node', 'better-sqlite3/prebuilds/linux-x64.node'],
    ['addon.dylib', 'better-sqlite3/prebuilds/darwin-arm64.node'],
    ['module.wasm', '7z-wasm/7zz.wasm'],
  ] as const) {
    copyFileSync(join(modules, path), join(folder, name));
  }
  copyFileSync(process.execPath, join(folder, 'node'));
}
