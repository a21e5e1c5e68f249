/** A file name that people or programs trip over: its true bytes, how it must be shown, and what it makes of harmless bytes. */
export interface HostileName {
  readonly title: string;
  readonly bytes: Buffer;
  readonly shown: string;
  readonly verdict: 'clean' | 'suspicious' | 'infected';
}

const text = (title: string, name: string, shown: string, verdict: HostileName['verdict'] = 'clean'): HostileName => ({
  title,
  bytes: Buffer.from(name),
  shown,
  verdict,
});

/** Names that Linux takes. A name that disguises its true ending is a finding of its own, whatever the bytes are. */
export const HOSTILE_NAMES: readonly HostileName[] = [
  text('a newline', 'first\nsecond.txt', 'first\\nsecond.txt'),
  text('an escape sequence', 'red\u001b[31m.txt', 'red\\x1b[31m.txt'),
  text('a right-to-left override', 'photo\u202egnp.txt', 'photo\\u{202e}gnp.txt', 'suspicious'),
  text('an override that hides a program', 'invoice\u202efdp.exe', 'invoice\\u{202e}fdp.exe', 'infected'),
  { title: 'no UTF-8', bytes: Buffer.from('caf\xe9.txt', 'latin1'), shown: 'caf\\xe9.txt', verdict: 'clean' },
  text('255 bytes', `${'n'.repeat(251)}.txt`, `${'n'.repeat(251)}.txt`),
  text('a leading dash', '--help', '--help'),
  text('a trailing dot', 'trailing.', 'trailing.'),
  text('spaces', '  two  spaces .txt ', '  two  spaces .txt '),
  text('an emoji', '📎 clip.txt', '📎 clip.txt'),
  text('a backslash', 'back\\slash.txt', 'back\\\\slash.txt'),
  text('quotes and dollars', '"$(id)`\'.txt', '"$(id)`\'.txt'),
  text('the name of a report', 'a.txt.report.json', 'a.txt.report.json'),
];

/** What trips people and programs up, wherever it stands in a name. Bytes beyond ASCII are written as latin1 where they are no UTF-8. */
const PIECES: Readonly<Record<string, string | Buffer>> = {
  'a newline': '\n',
  'a carriage return': '\r',
  'a tab': '\t',
  'a bell': '\u0007',
  'an escape sequence': '\u001b[31m',
  'a title for the terminal': '\u001b]0;owned\u0007',
  'a delete': '\u007f',
  'a C1 control': '\u0085',
  'a right-to-left override': '\u202e',
  'a left-to-right isolate': '\u2066',
  'a zero-width space': '\u200b',
  'a zero-width joiner': '\u200d',
  'a byte order mark': '\ufeff',
  'a line separator': '\u2028',
  'a tag character': '\u{e0041}',
  'a soft hyphen': '\u00ad',
  'a no-break space': '\u00a0',
  'a byte that is no UTF-8': Buffer.from([0xff]),
  'a latin1 letter': Buffer.from([0xe9]),
  'a slash that is encoded too long': Buffer.from([0xc0, 0xaf]),
  'a cut character': Buffer.from([0xe2, 0x82]),
  'half a surrogate pair': Buffer.from([0xed, 0xa0, 0x80]),
  'a backslash': '\\',
  'a way up for Windows': '..\\..\\',
  'an encoded way up': '%2e%2e%2f',
  'an encoded NUL': '%00',
  'a percent sign': '%',
  'a format': '%s%n',
  'a plus': '+',
  'a space': ' ',
  'two dots': '..',
  'a single quote': "'",
  'a double quote': '"',
  'a backtick': '`id`',
  'a substitution': '$(id)',
  'a separator of commands': ';&|',
  'a pattern': '*?[a-z]',
  braces: '{a,b}',
  'a tilde': '~',
  'a hash': '#',
  'a question in a URL': '?versionId=1',
  markup: '<img src=x onerror=alert(1)>',
  'a formula': "=cmd|' '!A0",
  'a stream of Windows': ':stream:$DATA',
  'a leading dash': '-',
  'an emoji of several': '👩‍👩‍👧',
  'many marks': `z${'\u0301'.repeat(20)}`,
  'a slash of full width': '\uff0f',
  'a slash of division': '\u2215',
  'our own suffix': '.report.json',
  'the suffix of quarantine': '.cart',
};

const WHOLE_NAMES: readonly (string | Buffer)[] = [
  ...['...', '....', ' ', '. ', '-', '--', '-rf', '--help', '~', '*', '%2e', '%2e%2e', 'a.', 'a ', 'a. .', '.hidden'],
  ...[
    'con',
    'CON.txt',
    'nul',
    'aux.',
    'prn',
    'com1',
    'lpt9.txt',
    'desktop.ini',
    'Thumbs.db',
    '~$letter.docx',
    'CLOCK$',
  ],
  ...[
    'Twin.txt',
    'twin.txt',
    'TWIN.TXT',
    'caf\u00e9',
    'cafe\u0301',
    '\u212b',
    '\u00c5',
    'A\u030a',
    '\ufb01',
    'fi',
    'I',
    'ı',
    'İ',
  ],
  ...[
    '.dropgate-partial-0123456789abcdef',
    '.dropgate-taken-7',
    'ledger.db',
    'null',
    'undefined',
    '__proto__',
    'constructor',
  ],
  ...[
    'n'.repeat(255),
    `${'n'.repeat(251)}.txt`,
    '€'.repeat(85),
    `${'n'.repeat(243)}.report.json`,
    `${'n'.repeat(250)}.cart`,
  ],
  ...[Buffer.alloc(255, 0xff), Buffer.alloc(255, 0x0a), Buffer.alloc(255, 0x5c), Buffer.from([0x61, 0xcc, 0x81, 0xff])],
];

/** Over 200 names that Linux takes, each different: every piece alone, at the beginning, in the middle and at the end, and whole ones. */
export function hostileNames(): Buffer[] {
  const names = Object.values(PIECES).flatMap((piece) =>
    [[piece], [piece, 'begins.txt'], ['in the', piece, 'middle.txt'], ['ends', piece]].map((parts) =>
      Buffer.concat(parts.map((part) => Buffer.from(part))),
    ),
  );
  const all = [...names, ...WHOLE_NAMES.map((name) => Buffer.from(name))];
  return [...new Map(all.map((name) => [name.toString('latin1'), name])).values()].filter(
    (name) => !['.', '..'].includes(name.toString()),
  );
}

/** Names of members of archives that lead out of the folder that they are unpacked in. */
export const WAYS_OUT: readonly string[] = [
  ...[
    '../out.txt',
    '../../out.txt',
    'in/../../out.txt',
    '/out.txt',
    '/etc/out.txt',
    './../out.txt',
    '..',
    'in/..//../out.txt',
  ],
  ...[
    '..\\out.txt',
    '..\\..\\out.txt',
    'C:\\out.txt',
    'C:out.txt',
    '\\\\host\\share\\out.txt',
    '\\out.txt',
    'in\\..\\..\\out.txt',
  ],
];
