/** Where a reader of the shell's language stands. In `double` and `arithmetic` no value is split. */
type Place = 'words' | 'backticks' | 'double' | 'arithmetic';

const VARIABLE = /^\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))/;
/** How far a variable's name is looked for. */
const LONGEST_NAME = 300;

const WORDS: readonly Place[] = ['words', 'backticks'];
const OPENERS: readonly { readonly text: string; readonly opens: Place; readonly within: readonly Place[] }[] = [
  { text: '$((', opens: 'arithmetic', within: ['words', 'backticks', 'double', 'arithmetic'] },
  { text: '$(', opens: 'words', within: ['words', 'backticks', 'double', 'arithmetic'] },
  { text: '(', opens: 'words', within: WORDS },
  { text: '"', opens: 'double', within: WORDS },
  { text: '`', opens: 'backticks', within: ['words', 'double', 'arithmetic'] },
];
const CLOSERS: Readonly<Record<Place, string>> = { words: ')', backticks: '`', double: '"', arithmetic: '))' };

/**
 * The same command, in which every `$NAME` and `${NAME}` that a shell would split into words, or take for a pattern of
 * file names, stands in double quotes: a value stays one argument whatever it holds. A value never becomes part of the
 * command, because it is the shell that puts it in, from its environment, after it has read the command; so what is
 * misread here (the text of a here-document, say) can be split and no more. Text in single quotes is left alone.
 */
export function withQuotedVariables(command: string): string {
  const places: Place[] = ['words'];
  let out = '';
  for (let at = 0; at < command.length; ) {
    const splits = WORDS.includes(places.at(-1) ?? 'words');
    const variable = splits ? VARIABLE.exec(command.slice(at, at + LONGEST_NAME)) : null;
    const length = variable?.[0].length ?? lengthOfNext(command, at, places);
    out += variable === null ? command.slice(at, at + length) : `"\${${variable[1] ?? variable[2]}}"`;
    at += length;
  }
  return out;
}

/** How much of the command from `at` on is taken as it stands; `places` follows it. */
function lengthOfNext(command: string, at: number, places: Place[]): number {
  const place = places.at(-1) ?? 'words';
  if (command[at] === '\\') return 2;
  if (WORDS.includes(place)) {
    if (command[at] === "'") return pastNext("'", command, at + 1) - at;
    if (command[at] === '#' && /^$|[\s;&|(]/.test(command[at - 1] ?? '')) return pastNext('\n', command, at) - at;
  }
  const closer = CLOSERS[place];
  if (places.length > 1 && command.startsWith(closer, at)) {
    places.pop();
    return closer.length;
  }
  const opener = OPENERS.find(({ text, within }) => within.includes(place) && command.startsWith(text, at));
  if (opener === undefined) return 1;
  places.push(opener.opens);
  return opener.text.length;
}

function pastNext(end: string, command: string, from: number): number {
  const found = command.indexOf(end, from);
  return found === -1 ? command.length : found + end.length;
}
