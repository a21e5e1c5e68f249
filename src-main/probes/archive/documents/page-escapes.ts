/** Entities that stand for what addresses are made of (HTML, "named character references"). */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  colon: ':',
  comma: ',',
  equals: '=',
  gt: '>',
  lpar: '(',
  lt: '<',
  newline: '\n',
  num: '#',
  percnt: '%',
  period: '.',
  plus: '+',
  quot: '"',
  rpar: ')',
  semi: ';',
  sol: '/',
  tab: '\t',
};
const ENTITY =
  /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(amp|apos|colon|comma|equals|gt|lpar|lt|newline|num|percnt|period|plus|quot|rpar|semi|sol|tab));?/gi;
/** Escapes of JavaScript; a style's `\3a ` differs, and only in the scheme of an address would anybody write it. */
const ESCAPE = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|(\r\n|\n|\r)|([nrt/"'`\\]))/gi;

/** The text that a browser sees where a page writes entities or a script escapes; twice, for a page within a page. */
export function undoEscapes(text: string): string {
  if (!/[&\\]/.test(text)) return text;
  return undoEntities(undoEntities(text)).replace(ESCAPE, (whole: string, ...parts: (string | undefined)[]) => {
    const [two, four, braces, lineEnd, letter] = parts;
    const hex = two ?? four ?? braces;
    if (hex !== undefined) return characterOf(Number.parseInt(hex, 16), whole);
    if (lineEnd !== undefined) return '';
    return letter === 'n' || letter === 'r' || letter === 't' ? '\n' : (letter ?? '');
  });
}

function undoEntities(text: string): string {
  return text.replace(ENTITY, (whole: string, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return characterOf(Number.parseInt(hex, 16), whole);
    if (decimal !== undefined) return characterOf(Number(decimal), whole);
    return ENTITIES[name?.toLowerCase() ?? ''] ?? whole;
  });
}

function characterOf(code: number, whole: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
