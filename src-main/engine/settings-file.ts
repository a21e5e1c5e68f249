import { LineCounter, parseDocument } from 'yaml';
import { decodeUtf8 } from '../base/display-name';
import { errnoOf, messageOf } from '../base/errors';
import { readFileSync } from '../base/files';

/** Longest configuration that is read, in bytes. */
export const MOST_BYTES = 1024 ** 2;

export type FileContent =
  | { readonly kind: 'data'; readonly data: unknown; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

const wrong = (...problems: string[]): FileContent => ({ kind: 'problems', problems });

/** Reads one YAML document (YAML 1.2). An empty file says nothing: `{}`. Mistakes come with line and column, from 1. */
export function readSettingsFile(file: string): FileContent {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return { kind: 'absent' };
    return wrong(`cannot be read (${errnoOf(error) ?? messageOf(error)}); write it as a file that you may read`);
  }
  if (bytes.length > MOST_BYTES) return wrong(`is larger than ${MOST_BYTES} bytes; name the configuration`);
  const text = decodeUtf8(bytes);
  if (text === null) return wrong('is not UTF-8; save it as UTF-8');
  return parseYaml(text);
}

/** What a text says that is to be, or is, a configuration. */
export function parseYaml(text: string): FileContent {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true });
  const mistakes = [...document.errors, ...document.warnings].map((error) => {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    return `line ${line}, column ${col}: ${inWords(error.code, error.message, text.slice(error.pos[0], error.pos[0] + 60))}`;
  });
  if (mistakes.length > 0) return wrong(...mistakes);
  try {
    const data: unknown = document.toJS() ?? {};
    return { kind: 'data', data, text };
  } catch (error) {
    return wrong(`${messageOf(error)}; write it without so many aliases`);
  }
}

function inWords(code: string, message: string, excerpt: string): string {
  const shown = /^[\w.-]{1,60}/.exec(excerpt)?.[0] ?? '';
  switch (code) {
    case 'DUPLICATE_KEY':
      return `the key ${shown === '' ? '' : `"${shown}" `}stands here a second time; write it once`;
    case 'TAB_AS_INDENT':
      return 'a tab cannot indent; write spaces';
    case 'MULTIPLE_DOCS':
      return 'a second document begins; write one only';
    default:
      return `${message.replace(/\.$/, '')}; write valid YAML`;
  }
}
