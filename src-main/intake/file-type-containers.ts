/** Reads up to `length` bytes at `offset` of the file that is looked at; fewer at its end. */
export type ReadPart = (offset: number, length: number) => Uint8Array | Promise<Uint8Array>;

/** Largest piece of a zip's directory that is read to tell its family. */
const DIRECTORY_BYTES = 64 * 1024;
const END_RECORD = Buffer.from('PK\x05\x06', 'latin1');
const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;

const OOXML = 'application/vnd.openxmlformats-officedocument';

/** First matching name in the directory decides; APPNOTE names nothing of this, the formats do. */
const ZIP_FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^AndroidManifest\.xml$/m, 'application/vnd.android.package-archive'],
  [/^word\/vbaProject\.bin$/m, 'application/vnd.ms-word.document.macroenabled.12'],
  [/^xl\/vbaProject\.bin$/m, 'application/vnd.ms-excel.sheet.macroenabled.12'],
  [/^ppt\/vbaProject\.bin$/m, 'application/vnd.ms-powerpoint.presentation.macroenabled.12'],
  [/^word\//m, `${OOXML}.wordprocessingml.document`],
  [/^xl\//m, `${OOXML}.spreadsheetml.sheet`],
  [/^ppt\//m, `${OOXML}.presentationml.presentation`],
  [/^META-INF\/MANIFEST\.MF$/m, 'application/java-archive'],
];

/** The format that a zip is the shell of, told by the names in its directory; null for a plain zip or a damaged one. */
export async function zipFamily(size: number, read: ReadPart): Promise<string | null> {
  const length = Math.min(size, END_LENGTH + LONGEST_COMMENT);
  const tail = Buffer.from(await read(size - length, length));
  const end = tail.lastIndexOf(END_RECORD);
  if (end < 0 || end + END_LENGTH > tail.length) return null;
  const names = directoryNames(
    Buffer.from(await read(tail.readUInt32LE(end + 16), Math.min(tail.readUInt32LE(end + 12), DIRECTORY_BYTES))),
  );
  return ZIP_FAMILIES.find(([name]) => name.test(names))?.[1] ?? null;
}

/** Names of a central directory (APPNOTE 4.3.12), one a line. */
function directoryNames(directory: Buffer): string {
  const names: string[] = [];
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
    const nameLength = directory.readUInt16LE(at + 28);
    names.push(directory.toString('latin1', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return names.join('\n');
}

/** Class id of the root entry of an installer package, as stored: {000C1084-0000-0000-C000-000000000046}. */
const MSI_CLASS = Buffer.from('84100c0000000000c000000000000046', 'hex');

/** Streams or storages that only one kind of compound file has. */
const OLE_FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^WordDocument$/m, 'application/msword'],
  [/^(Workbook|Book)$/m, 'application/vnd.ms-excel'],
  [/^PowerPoint Document$/m, 'application/vnd.ms-powerpoint'],
  [/^__properties_version1\.0$/m, 'application/vnd.ms-outlook'],
  [/^VisioDocument$/m, 'application/vnd.visio'],
];
const OLE_ENTRY = 128;
const OLE_DIRECTORY_BYTES = 8192;

/** The format inside an OLE compound file, by its root class and the first entries of its directory ([MS-CFB] 2.2, 2.6). */
export async function oleFamily(read: ReadPart): Promise<string | null> {
  const header = Buffer.from(await read(0, 512));
  if (header.length < 512) return null;
  const shift = header.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return null;
  const at = (header.readUInt32LE(48) + 1) * 2 ** shift;
  const directory = Buffer.from(await read(at, OLE_DIRECTORY_BYTES));
  if (directory.subarray(80, 96).equals(MSI_CLASS)) return 'application/x-msi';
  const names = oleNames(directory);
  return OLE_FAMILIES.find(([name]) => name.test(names))?.[1] ?? null;
}

function oleNames(directory: Buffer): string {
  const names: string[] = [];
  for (let at = 0; at + OLE_ENTRY <= directory.length; at += OLE_ENTRY) {
    const length = directory.readUInt16LE(at + 64);
    if (length >= 2 && length <= 64) names.push(directory.toString('utf16le', at, at + length - 2));
  }
  return names.join('\n');
}
