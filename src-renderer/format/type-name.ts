import type { Say, TextKey } from '../i18n/text';

type FamilyKey = Extract<TextKey, `type.any${string}`>;
type TypeKey = Exclude<Extract<TextKey, `type.${string}`>, FamilyKey>;
const OOXML = 'application/vnd.openxmlformats-officedocument';
const ODF = 'application/vnd.oasis.opendocument';

/** Types that have a name of their own, by the media types that the engine gives. */
const NAMED: Readonly<Record<string, TypeKey>> = {
  'application/octet-stream': 'type.unknown',
  'inode/x-empty': 'type.empty',
  'application/pdf': 'type.pdf',
  'application/rtf': 'type.rtf',
  'application/msword': 'type.word',
  [`${OOXML}.wordprocessingml.document`]: 'type.word',
  'application/vnd.ms-excel': 'type.excel',
  [`${OOXML}.spreadsheetml.sheet`]: 'type.excel',
  'application/vnd.ms-powerpoint': 'type.powerpoint',
  [`${OOXML}.presentationml.presentation`]: 'type.powerpoint',
  'application/vnd.ms-word.document.macroenabled.12': 'type.wordMacros',
  'application/vnd.ms-excel.sheet.macroenabled.12': 'type.excelMacros',
  'application/vnd.ms-powerpoint.presentation.macroenabled.12': 'type.powerpointMacros',
  'application/vnd.ms-outlook': 'type.outlook',
  'application/x-ole-storage': 'type.oldOffice',
  'application/onenote': 'type.onenote',
  [`${ODF}.text`]: 'type.odt',
  [`${ODF}.spreadsheet`]: 'type.ods',
  [`${ODF}.presentation`]: 'type.odp',
  'application/epub+zip': 'type.epub',
  'application/x-dosexec': 'type.windowsProgram',
  'application/x-msi': 'type.windowsInstaller',
  'application/x-ms-shortcut': 'type.windowsShortcut',
  'application/vnd.ms-htmlhelp': 'type.windowsHelp',
  'application/vnd.ms-cab-compressed': 'type.cab',
  'application/x-executable': 'type.linuxProgram',
  'application/x-sharedlib': 'type.linuxProgram',
  'application/x-object': 'type.linuxObject',
  'application/x-coredump': 'type.linuxCore',
  'application/x-mach-binary': 'type.macProgram',
  'application/x-java-applet': 'type.javaClass',
  'application/java-archive': 'type.javaArchive',
  'application/vnd.android.package-archive': 'type.android',
  'application/x-deb': 'type.debianPackage',
  'application/x-rpm': 'type.rpmPackage',
  'application/zip': 'type.zip',
  'application/x-7z-compressed': 'type.7zip',
  'application/x-rar-compressed': 'type.rar',
  'application/x-tar': 'type.tar',
  'application/x-cpio': 'type.cpio',
  'application/x-unix-archive': 'type.ar',
  'application/gzip': 'type.gzip',
  'application/x-bzip2': 'type.bzip2',
  'application/x-xz': 'type.xz',
  'application/zstd': 'type.zstd',
  'application/x-lz4': 'type.lz4',
  'application/x-iso9660-image': 'type.iso',
  'text/plain': 'type.text',
  'text/html': 'type.html',
  'text/xml': 'type.xml',
  'text/csv': 'type.csv',
  'application/json': 'type.json',
  'message/rfc822': 'type.mail',
  'application/mbox': 'type.mailbox',
  'text/x-shellscript': 'type.shell',
  'text/x-script.python': 'type.python',
  'text/x-perl': 'type.perl',
  'text/x-php': 'type.php',
  'text/x-powershell': 'type.powershell',
  'text/x-msdos-batch': 'type.batch',
  'text/javascript': 'type.javascript',
  'application/x-lzma': 'type.lzma',
  'application/lzip': 'type.lzip',
  'application/x-compress': 'type.compress',
  'application/x-xar': 'type.xar',
  'application/x-arj': 'type.arj',
  'application/x-lzh-compressed': 'type.lzh',
  'application/x-ace-compressed': 'type.ace',
  'application/vnd.ms-tnef': 'type.tnef',
  'application/x-udf-image': 'type.udf',
  'application/x-raw-disk-image': 'type.diskImage',
  'application/x-apple-diskimage': 'type.appleImage',
  'application/x-virtualbox-vhd': 'type.virtualDisk',
  'application/x-virtualbox-vhdx': 'type.virtualDisk',
  'application/x-virtualbox-vmdk': 'type.virtualDisk',
  'application/x-qemu-disk': 'type.virtualDisk',
  'application/x-ms-wim': 'type.windowsImage',
  'application/x-squashfs': 'type.squashfs',
  'application/x-mswinurl': 'type.webShortcut',
  'application/x-desktop': 'type.linuxShortcut',
  'text/x-ms-regedit': 'type.registry',
  'application/hta': 'type.hta',
  'text/vbscript': 'type.vbscript',
  'text/x-jscript': 'type.jscript',
  'text/x-wsf': 'type.wsf',
  'text/x-script': 'type.script',
  'text/x-ruby': 'type.ruby',
  'text/x-lua': 'type.lua',
  'text/x-awk': 'type.awk',
  'text/x-tcl': 'type.tcl',
  'application/wasm': 'type.wasm',
};

/** Families whose subtype is a name that people know: `image/heic` is a HEIC image. */
const FAMILIES: Readonly<Record<string, FamilyKey>> = {
  image: 'type.anyImage',
  audio: 'type.anyAudio',
  video: 'type.anyVideo',
  font: 'type.anyFont',
};

/** `image/svg+xml` is `svg`, `application/x-foo` is `foo`, `application/vnd.acme.thing` is `acme.thing`. */
function subtypeOf(mime: string): string {
  return mime
    .slice(mime.indexOf('/') + 1)
    .replace(/^(?:x-|vnd\.)/, '')
    .replace(/\+.*$/, '');
}

/** What people call a file of this media type: "PDF", "Word document", "HEIC image"; its subtype where nobody calls it anything. */
export function typeName(say: Say, mime: string): string {
  const named = Object.hasOwn(NAMED, mime) ? NAMED[mime] : undefined;
  if (named !== undefined) return say(named);
  const family = mime.slice(0, mime.indexOf('/'));
  const key = Object.hasOwn(FAMILIES, family) ? FAMILIES[family] : undefined;
  const subtype = subtypeOf(mime);
  return key === undefined ? subtype : say(key, { name: subtype.toUpperCase() });
}
