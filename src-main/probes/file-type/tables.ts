import type { Severity } from '../../contract/finding';

/** What an item's bytes can do when they are opened, by MIME type. */
export type Nature = 'program' | 'script' | 'other';

/** Machine code, installers and shortcuts: started by a double click, whatever they hold. */
const PROGRAM_TYPES: ReadonlySet<string> = new Set([
  'application/x-dosexec',
  'application/x-executable',
  'application/x-sharedlib',
  'application/x-mach-binary',
  'application/x-msi',
  'application/x-ms-shortcut',
]);

const SCRIPT_TYPES: ReadonlySet<string> = new Set([
  'text/x-shellscript',
  'text/x-script.python',
  'text/x-perl',
  'text/x-php',
  'text/x-ruby',
  'text/x-powershell',
  'text/x-msdos-batch',
  'text/x-script',
]);

export function natureOf(mime: string): Nature {
  if (PROGRAM_TYPES.has(mime)) return 'program';
  return SCRIPT_TYPES.has(mime) ? 'script' : 'other';
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Endings that promise a document, a picture or a recording. */
export const DOCUMENT_ENDINGS = words(
  `pdf doc docx docm dot dotx rtf odt ods odp odg xls xlsx xlsm xlsb ppt pptx pps ppsx vsd vsdx epub mobi pages numbers
  jpg jpeg jpe png gif bmp tif tiff webp heic heif avif ico svg psd raw cr2 nef
  mp3 mp4 m4a m4v wav flac ogg oga ogv opus aac wma wmv avi mov mkv webm mpg mpeg 3gp`,
);

/** Endings of texts: a script there is a text like any other, a program is not. */
export const TEXT_ENDINGS = words('txt text csv tsv log md eml');

/** Endings before the last that make people take the file for something to look at or to unpack. */
export const DECOY_ENDINGS = new Set([...DOCUMENT_ENDINGS, ...words('txt csv eml msg zip rar 7z html htm')]);

/** Endings that a double click runs on Windows (and .desktop, .command elsewhere); a file manager that hides endings hides these. */
export const RUNNING_ENDINGS = words(
  `exe scr com pif bat cmd cpl msi msp mst vbs vbe js jse wsf wsh wsc sct hta ps1 psm1 lnk url scf reg msc jar gadget
  appref-ms application xll iqy desktop command`,
);

/** Running endings that also are everyday names of source texts and hosts: only a plain paper or photo before them deceives. */
export const SOURCE_ENDINGS = words('js jse com jar url reg command application desktop');
export const PAPER_ENDINGS = words('pdf doc docx xls xlsx ppt pptx rtf jpg jpeg');

/** A run of blanks this long before the last ending moves it out of sight. */
export const HIDING_BLANKS = 8;

/** Every finding of the probe: its severity when the bytes run (program or script), and when they do not or cannot be told. */
export const FINDINGS = {
  /** A program or a script under the ending of a document, picture or recording. */
  'program-under-document-name': { runs: 'suspicious', otherwise: null },
  /** `invoice.pdf.exe`. */
  'double-extension': { runs: 'malicious', otherwise: 'suspicious' },
  /** `report                    .exe`. */
  'blanks-before-extension': { runs: 'malicious', otherwise: 'suspicious' },
  /** `invoice<RLO>fdp.exe`, shown as invoiceexe.pdf: the true ending runs. */
  'bidi-disguised-extension': { runs: 'malicious', otherwise: 'malicious' },
  /** An override in a name has no honest use, even where the true ending is harmless. */
  'bidi-override-in-name': { runs: 'malicious', otherwise: 'suspicious' },
  /** Controls or zero-width characters in a name whose true ending runs. */
  'hidden-characters-in-name': { runs: 'malicious', otherwise: 'suspicious' },
} as const satisfies Record<string, { runs: Severity; otherwise: Severity | null }>;

export type DisguiseName = keyof typeof FINDINGS;
