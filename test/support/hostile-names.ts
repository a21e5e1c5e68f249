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
