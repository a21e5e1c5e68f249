import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';

/** Real programs that tests drive, and Debian's package of each. */
const COMPONENTS = {
  clamd: 'clamav-daemon',
  clamdscan: 'clamdscan',
  clamscan: 'clamav',
  'c-icap': 'c-icap',
  'virus_scan.so': 'libc-icap-mod-virus-scan',
  yara: 'yara',
  '7zz': '7zip',
  ffmpeg: 'ffmpeg',
  soffice: 'libreoffice-writer-nogui',
  sfnt2woff: 'woff-tools',
  woff2_compress: 'woff2',
  zip: 'zip',
  python3: 'python3',
  lz4: 'lz4',
  gzip: 'gzip',
  bzip2: 'bzip2',
  xz: 'xz-utils',
  zstd: 'zstd',
  compress: 'ncompress',
  bsdtar: 'libarchive-tools',
  cpio: 'cpio',
  ar: 'binutils',
  gcab: 'gcab',
  genisoimage: 'genisoimage',
  arj: 'arj',
  jlha: 'jlha-utils',
  mksquashfs: 'squashfs-tools',
  mcopy: 'mtools',
  wixl: 'wixl',
  'dpkg-deb': 'dpkg',
  rpmbuild: 'rpm',
  makensis: 'nsis',
  mke2fs: 'e2fsprogs',
  qpdf: 'qpdf',
  openssl: 'openssl',
  prlimit: 'util-linux',
} as const;
export type Component = keyof typeof COMPONENTS;

/** Path of a component's program (or c-icap's module), or null when it is not installed. */
export function findComponent(component: Component): string | null {
  const system = ['/usr/sbin', '/usr/local/sbin', '/sbin', ...globSync('/usr/lib/*/c_icap')];
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...system];
  return folders.map((folder) => join(folder, component)).find((path) => existsSync(path)) ?? null;
}

/**
 * `describe` for tests that drive real components. Where one is missing the tests are skipped and the title names it;
 * with CI=true a missing component is a failure.
 */
export function describeWith(components: readonly Component[], title: string, tests: () => void): void {
  const missing = components.filter((component) => findComponent(component) === null);
  if (missing.length === 0) {
    describe(title, tests);
    return;
  }
  const packages = missing.map((component) => `${component} (apt install ${COMPONENTS[component]})`).join(', ');
  if (process.env.CI === 'true') throw new Error(`CI must have every real component; missing: ${packages}`);
  describe.skip(`${title} [missing: ${packages}]`, tests);
}
