import type { Severity } from '../../contract/finding';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Documents that are zip archives by their format, also where intake finds nothing but the zip. */
export const ZIPPED_ENDINGS = words(
  'docx docm dotx xlsx xlsm xlsb xltx pptx pptm ppsx ppsm potx vsdx xps oxps odt ott ods ots odp otp odg odf epub pages numbers',
);

/** Endings that promise a document, a picture or a recording. */
export const DOCUMENT_ENDINGS = new Set([
  ...ZIPPED_ENDINGS,
  ...words(
    `pdf doc dot rtf xls ppt pps vsd mobi
    jpg jpeg jpe png gif bmp tif tiff webp heic heif avif ico svg psd cr2 nef
    mp3 mp4 m4a m4v wav flac ogg oga ogv opus aac wma wmv avi mov mkv webm mpg mpeg 3gp`,
  ),
]);

/** Endings of texts: a script there is a text like any other, a program or an archive is not. */
export const TEXT_ENDINGS = words('txt text csv tsv log md eml ics vcf html htm xml json');

/** Endings before the last that make people take the file for something to look at or to unpack. */
export const DECOY_ENDINGS = new Set([...DOCUMENT_ENDINGS, ...words('txt csv eml msg zip rar 7z html htm')]);

/** Endings that a double click runs on Windows (and .desktop, .command elsewhere); a file manager that hides endings hides these. */
export const RUNNING_ENDINGS = words(
  `exe scr com pif bat cmd cpl msi msp mst vbs vbe js jse wsf wsh wsc sct hta ps1 psm1 lnk url scf reg msc jar gadget
  appref-ms application xll iqy desktop command chm hlp jnlp settingcontent-ms diagcab website library-ms search-ms
  appinstaller appx appxbundle msix msixbundle xbap shb shs pyw pyz psc1 themepack terminal apk`,
);

/** Endings that a double click mounts as a disk; what lies on it lacks the warning that downloads have. */
export const DISK_ENDINGS = words('iso img vhd vhdx dmg');

/**
 * Running endings that also are everyday names of source texts and hosts, and disks, which run nothing by themselves:
 * only a plain paper or photo before them deceives.
 */
export const SOURCE_ENDINGS = new Set([
  ...DISK_ENDINGS,
  ...words('js jse com jar url reg command application desktop'),
]);
export const PAPER_ENDINGS = words('pdf doc docx xls xlsx ppt pptx rtf jpg jpeg png');

/** The id of a class of Windows as an ending. */
export const CLASS_ID = /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/;

/** A run of blanks this long before the last ending moves it out of sight. */
export const HIDING_BLANKS = 8;

interface FindingRule {
  /** When the bytes are a program or a script. */
  readonly runs: Severity | null;
  /** When they are not, or cannot be told. */
  readonly otherwise: Severity | null;
  readonly guidance: string;
}

/**
 * Every finding of the probe. `malicious`: a click that looks like opening a document starts a program, and nobody names a
 * file so by accident. `suspicious`: it deceives, but the click alone starts nothing, or what would start is not known to run.
 * `info`: worth knowing, with ordinary explanations.
 */
export const FINDINGS = {
  /** A program or a script under the ending of a document, picture or recording: opened by a viewer, which fails. */
  'program-under-document-name': { runs: 'suspicious', otherwise: null, guidance: 'disguised-file' },
  /** An archive or a disk image there: past filters that look at endings. */
  'archive-under-document-name': { runs: null, otherwise: 'suspicious', guidance: 'disguised-archive' },
  /** `invoice.pdf.exe`. */
  'double-extension': { runs: 'malicious', otherwise: 'suspicious', guidance: 'double-extension' },
  /** `report                    .exe`. */
  'blanks-before-extension': { runs: 'malicious', otherwise: 'suspicious', guidance: 'disguised-file' },
  /** `invoice<RLO>fdp.exe`, shown as invoiceexe.pdf: the true ending runs. */
  'bidi-disguised-extension': { runs: 'malicious', otherwise: 'malicious', guidance: 'hidden-characters' },
  /** An override in a name has no honest use, even where the true ending is harmless. */
  'bidi-override-in-name': { runs: 'malicious', otherwise: 'suspicious', guidance: 'hidden-characters' },
  /** Controls or zero-width characters in a name whose true ending runs. */
  'hidden-characters-in-name': { runs: 'malicious', otherwise: 'suspicious', guidance: 'hidden-characters' },
  /** `letter.<Cyrillic er>df`: no program is registered for such an ending, so nothing starts; a typist of Japanese writes some. */
  'lookalike-ending': { runs: 'suspicious', otherwise: 'info', guidance: 'lookalike-ending' },
  /** `setup.exe.`: Windows drops the end, so that the file runs there and passes filters of endings before. */
  'ending-behind-dots-or-blanks': { runs: 'suspicious', otherwise: 'suspicious', guidance: 'unsafe-name' },
  /** `a.txt:b.exe`, `a.exe::$DATA`: on Windows a stream of another file, which no folder shows. */
  'stream-in-name': { runs: 'suspicious', otherwise: 'suspicious', guidance: 'unsafe-name' },
  /** `letter.txt.{3050f4d8-...}`: Windows hides such an ending and opens the file with the class that it names. */
  'class-id-as-ending': { runs: 'suspicious', otherwise: 'suspicious', guidance: 'disguised-file' },
  /** `aux.c`, `con`: a device on Windows. Source trees of other systems have such names. */
  'reserved-device-name': { runs: 'info', otherwise: 'info', guidance: 'unsafe-name' },
} as const satisfies Record<string, FindingRule>;

export type DisguiseName = keyof typeof FINDINGS;
