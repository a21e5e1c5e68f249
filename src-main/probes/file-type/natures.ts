/**
 * What an item's bytes are to the person who opens them, by MIME type: machine code, an installer or a shortcut
 * (`program`), a text that is run (`script`), files inside a file (`container`: archives and disk images), anything else.
 */
export type Nature = 'program' | 'script' | 'container' | 'other';

const PROGRAM_TYPES = [
  ...['application/x-dosexec', 'application/x-executable', 'application/x-sharedlib', 'application/x-mach-binary'],
  ...['application/x-msi', 'application/x-deb', 'application/x-rpm', 'application/vnd.android.package-archive'],
  ...['application/x-java-applet', 'application/java-archive', 'application/vnd.ms-htmlhelp'],
  'application/x-ms-shortcut',
];

const SCRIPT_TYPES = [
  ...['text/x-shellscript', 'text/x-script.python', 'text/x-perl', 'text/x-php', 'text/x-ruby', 'text/x-script'],
  ...['text/x-awk', 'text/x-lua', 'text/x-tcl'],
  ...['text/x-powershell', 'text/x-msdos-batch', 'text/vbscript', 'text/x-jscript', 'text/x-wsf'],
  ...['application/x-mswinurl', 'application/x-desktop', 'text/x-ms-regedit', 'application/hta'],
];

const CONTAINER_TYPES = [
  ...['application/zip', 'application/x-7z-compressed', 'application/x-rar-compressed', 'application/x-tar'],
  ...['application/gzip', 'application/x-bzip2', 'application/x-xz', 'application/zstd', 'application/x-lz4'],
  ...['application/x-lzma', 'application/lzip', 'application/x-xar', 'application/x-compress', 'application/x-cpio'],
  ...[
    'application/vnd.ms-cab-compressed',
    'application/x-arj',
    'application/x-lzh-compressed',
    'application/x-ace-compressed',
  ],
  ...[
    'application/x-unix-archive',
    'application/x-ms-wim',
    'application/x-iso9660-image',
    'application/x-raw-disk-image',
  ],
  ...['application/x-apple-diskimage', 'application/x-virtualbox-vhd', 'application/x-virtualbox-vhdx'],
  ...['application/x-virtualbox-vmdk', 'application/x-qemu-disk', 'application/x-squashfs', 'application/x-udf-image'],
];

const NATURES: ReadonlyMap<string, Nature> = new Map([
  ...PROGRAM_TYPES.map((mime) => [mime, 'program'] as const),
  ...SCRIPT_TYPES.map((mime) => [mime, 'script'] as const),
  ...CONTAINER_TYPES.map((mime) => [mime, 'container'] as const),
]);

/** The nature of a type as intake names it; `other` for what is not listed. */
export function natureOf(mime: string): Nature {
  return NATURES.get(mime) ?? 'other';
}
