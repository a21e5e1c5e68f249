import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { withoutComments } from './architecture';

/** A text in the source, `{}` for each place that something is put into. */
export interface Literal {
  readonly file: string;
  readonly shape: string;
}

const QUOTES = new Set(["'", '"', '`']);

/** Where a quoted text that begins at `from` ends, and its shape. Texts inside its places are texts of their own. */
function readLiteral(source: string, from: number, found: string[]): number {
  const quote = source[from];
  let shape = '';
  let at = from + 1;
  while (at < source.length && source[at] !== quote) {
    if (source[at] === '\\') {
      shape += source[at + 1] === 'n' ? '\n' : (source[at + 1] ?? '');
      at += 2;
    } else if (quote === '`' && source.startsWith('${', at)) {
      shape += '{}';
      at = readCode(source, at + 2, found);
    } else {
      shape += source[at];
      at += 1;
    }
  }
  found.push(shape);
  return at + 1;
}

/** Reads up to the brace that closes the one before `from`, or to the end. */
function readCode(source: string, from: number, found: string[]): number {
  let open = 0;
  let at = from;
  while (at < source.length) {
    const character = source[at] ?? '';
    if (QUOTES.has(character)) {
      at = readLiteral(source, at, found);
      continue;
    }
    if (character === '{') open += 1;
    if (character === '}') {
      if (open === 0) return at + 1;
      open -= 1;
    }
    at += 1;
  }
  return at;
}

/** What is not for a person: regular expressions, logs, mistakes of the program itself. */
const TECHNICAL = [
  /(?<=[=(,:[!&|?]\s*|return )\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g,
  /\blog(ger)?\??\.(trace|debug|info|warn|error)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g,
  /new (Dropgate|Probe|Sink)Error\(\s*'(PROTOCOL|LEDGER_CORRUPT|ILLEGAL_TRANSITION)',(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g,
];

const isSentence = (shape: string): boolean => /[a-z]{2,}[,:;]? +[a-z{]/.test(shape.replaceAll('{}', '{'));

/** Every text in the folders of src-main that reads as a sentence or a part of one. */
export function sentencesIn(root: string, folders: readonly string[]): Literal[] {
  return folders.flatMap((folder) => {
    const names = readdirSync(join(root, 'src-main', folder), { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const text = withoutComments(readFileSync(join(root, 'src-main', folder, name), 'utf8'));
        const found: string[] = [];
        readCode(
          TECHNICAL.reduce((code, pattern) => code.replaceAll(pattern, ''), text),
          0,
          found,
        );
        const file = [folder, ...name.split(sep)].join('/');
        return found.filter(isSentence).map((shape) => ({ file, shape }));
      });
  });
}
