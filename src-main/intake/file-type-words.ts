import type { FileType } from '../contract/item';

/** Names of the same thing -> the one Dropgate uses: libmagic's, since filters of scanning tools are written in them. */
const CANONICAL: Readonly<Record<string, string>> = {
  'application/x-msdownload': 'application/x-dosexec',
  'application/vnd.microsoft.portable-executable': 'application/x-dosexec',
  'application/x-elf': 'application/x-executable',
  'application/x-pie-executable': 'application/x-sharedlib',
  'application/java-vm': 'application/x-java-applet',
  'application/xml': 'text/xml',
  'application/javascript': 'text/javascript',
  'application/x-javascript': 'text/javascript',
  'text/x-python': 'text/x-script.python',
  'text/x-c++': 'text/x-c',
  'application/CDFV2': 'application/x-ole-storage',
  'application/x-rar': 'application/x-rar-compressed',
  'application/x-zstd': 'application/zstd',
  'application/x-gzip': 'application/gzip',
  'application/x-archive': 'application/x-unix-archive',
  'application/vnd.debian.binary-package': 'application/x-deb',
};

const OOXML = 'application/vnd.openxmlformats-officedocument';

/** What people call it. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  'inode/x-empty': 'empty file',
  'application/pdf': 'PDF document',
  'application/rtf': 'RTF document',
  'application/msword': 'Word 97-2003 document',
  'application/vnd.ms-excel': 'Excel 97-2003 workbook',
  'application/vnd.ms-powerpoint': 'PowerPoint 97-2003 presentation',
  'application/vnd.ms-outlook': 'Outlook item',
  'application/x-ole-storage': 'OLE compound file',
  'application/x-msi': 'Windows installer package',
  [`${OOXML}.wordprocessingml.document`]: 'Word document',
  [`${OOXML}.spreadsheetml.sheet`]: 'Excel workbook',
  [`${OOXML}.presentationml.presentation`]: 'PowerPoint presentation',
  'application/vnd.oasis.opendocument.text': 'OpenDocument text',
  'application/vnd.oasis.opendocument.spreadsheet': 'OpenDocument spreadsheet',
  'application/vnd.oasis.opendocument.presentation': 'OpenDocument presentation',
  'application/epub+zip': 'EPUB book',
  'application/onenote': 'OneNote section',
  'application/zip': 'zip archive',
  'application/java-archive': 'Java archive',
  'application/vnd.android.package-archive': 'Android package',
  'application/x-7z-compressed': '7-Zip archive',
  'application/x-rar-compressed': 'RAR archive',
  'application/x-tar': 'tar archive',
  'application/gzip': 'gzip compressed data',
  'application/x-bzip2': 'bzip2 compressed data',
  'application/x-xz': 'XZ compressed data',
  'application/zstd': 'Zstandard compressed data',
  'application/x-lz4': 'LZ4 compressed data',
  'application/x-iso9660-image': 'ISO 9660 disc image',
  'application/vnd.ms-cab-compressed': 'Windows cabinet',
  'application/x-cpio': 'cpio archive',
  'application/x-unix-archive': 'ar archive',
  'application/x-deb': 'Debian package',
  'application/x-rpm': 'RPM package',
  'application/vnd.ms-htmlhelp': 'compiled HTML help',
  'application/x-dosexec': 'executable for DOS or Windows (MZ, PE)',
  'application/x-executable': 'ELF executable',
  'application/x-sharedlib': 'ELF shared object or position-independent executable',
  'application/x-object': 'ELF object file',
  'application/x-coredump': 'ELF core dump',
  'application/x-mach-binary': 'Mach-O executable',
  'application/x-java-applet': 'Java class file',
  'application/x-ms-shortcut': 'Windows shortcut (LNK)',
  'text/plain': 'plain text',
  'text/html': 'HTML document',
  'text/xml': 'XML document',
  'text/csv': 'comma-separated values',
  'application/json': 'JSON data',
  'message/rfc822': 'mail message',
  'application/mbox': 'mailbox of mail messages',
  'text/x-shellscript': 'shell script',
  'text/x-script.python': 'Python script',
  'text/x-perl': 'Perl script',
  'text/x-php': 'PHP script',
  'text/x-powershell': 'PowerShell script',
  'text/x-msdos-batch': 'DOS batch file',
  'text/javascript': 'JavaScript',
  'image/jpeg': 'JPEG image',
  'image/png': 'PNG image',
  'image/svg+xml': 'SVG image',
};

/** A recognised type under its one name, with words for a person (its subtype where there are none of ours). */
export function described(found: string): FileType {
  const mime = CANONICAL[found] ?? found;
  const description = DESCRIPTIONS[mime] ?? mime.slice(mime.indexOf('/') + 1).replace(/^x-/, '');
  return { mime, description, unknown: false };
}
