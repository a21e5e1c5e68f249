import { notOpen, OPEN, type Sql } from './listed';
import { HASH_DIGITS } from './search-tables';

/** Hex digits that can be the beginning of a hash, and not so few that many hashes have them. */
const HASH_PART = /^[0-9a-f]{6,64}$/i;
/** The side table of paths knows pieces of three letters. */
const FEWEST_LETTERS = 3;

/** From name to name, without looking at the findings of any. */
const FINDING_NAMES = `WITH RECURSIVE every(name) AS (
  SELECT min(name) FROM finding
  UNION ALL SELECT (SELECT min(name) FROM finding WHERE finding.name > every.name) FROM every WHERE every.name IS NOT NULL
) SELECT name FROM every`;

/** LIKE knows upper and lower case of ASCII only, and one of the two ways to write an accented letter. */
function spellings(text: string): string[] {
  const lower = text.toLowerCase();
  const cases = [text, lower, text.toUpperCase(), `${lower.slice(0, 1).toUpperCase()}${lower.slice(1)}`];
  const all = cases.flatMap((each) => [each.normalize('NFC'), each.normalize('NFD')]);
  const ascii = (each: string) => each.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return [...new Set(all.map(ascii))];
}

function contains(column: string, text: string): Sql {
  const values = spellings(text).map((each) => `%${each.replace(/[\\%_]/g, '\\$&')}%`);
  return { sql: `(${values.map(() => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`, values };
}

/** In FTS5's words: exactly this, whatever it means to FTS5. */
const phrase = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Whether the side tables can tell where a text is: one or two letters are found by reading every row. */
export function isIndexed(text: string): boolean {
  return [...text.normalize('NFD').replace(/\p{M}/gu, '')].length >= FEWEST_LETTERS && !text.includes('\0');
}

/** What the row of a root must be to have the text in its path, at the beginning of a hash, or in the name of a finding. */
export function rowHas(text: string): Sql {
  const named = inFindings(text);
  const own = inRow(text);
  return { sql: `(${own.sql} OR id IN (${named.sql}))`, values: [...own.values, ...named.values] };
}

function inRow(text: string): Sql {
  const path = contains('CAST(coalesce(source_path, relative_path) AS TEXT)', text);
  if (!HASH_PART.test(text)) return path;
  const hash = hashBegins(text);
  return { sql: `(${path.sql} OR ${hash.sql})`, values: [...path.values, ...hash.values] };
}

function hashBegins(text: string): Sql {
  const columns = ['sha256', 'sha1', 'md5'];
  const digits = text.toLowerCase();
  return { sql: `(${columns.map((each) => `instr(${each}, ?) = 1`).join(' OR ')})`, values: columns.map(() => digits) };
}

function inFindings(text: string): Sql {
  const names = contains('every.name', text);
  return {
    sql: `SELECT root_id AS id FROM finding INDEXED BY finding_by_name WHERE name IN (${FINDING_NAMES} WHERE ${names.sql})`,
    values: names.values,
  };
}

/** Ids of the roots with the text in their path that the side table knows, each once. */
export function foundInPaths(text: string, ended: boolean): Sql {
  const only = ended ? ` AND ${notOpen('rowid')}` : '';
  return { sql: `SELECT rowid AS id FROM item_text WHERE item_text MATCH ?${only}`, values: [phrase(text)] };
}

/**
 * Ids of the roots that have the text elsewhere: in a finding, at the beginning of a hash, or in a row that the side
 * tables do not have yet. `ended`: only of what has ended. A compound without a name of its own: `A UNION B UNION ...`.
 */
export function foundBeside(text: string, ended: boolean): Sql {
  const only = (id: string) => (ended ? ` AND ${notOpen(id)}` : '');
  const named = inFindings(text);
  const own = inRow(text);
  const fresh = `SELECT item_id FROM search_due${ended ? '' : ` UNION ALL ${OPEN}`}`;
  const arms: Sql[] = [
    { sql: `${named.sql}${only('root_id')}`, values: named.values },
    { sql: `SELECT id FROM item WHERE id IN (${fresh}) AND ${own.sql}${only('id')}`, values: own.values },
  ];
  if (HASH_PART.test(text)) {
    const hash = hashBegins(text);
    const known = 'id IN (SELECT rowid FROM item_hash WHERE item_hash MATCH ?)';
    const digits = `${phrase(text.toLowerCase().slice(0, HASH_DIGITS))}*`;
    arms.push({
      sql: `SELECT id FROM item WHERE ${known} AND ${hash.sql}${only('id')}`,
      values: [digits, ...hash.values],
    });
  }
  return { sql: arms.map(({ sql }) => sql).join(' UNION '), values: arms.flatMap(({ values }) => values) };
}

/** All of them, each once. */
export function found(text: string, ended: boolean): Sql {
  const [paths, beside] = [foundInPaths(text, ended), foundBeside(text, ended)];
  return { sql: `${paths.sql} UNION ${beside.sql}`, values: [...paths.values, ...beside.values] };
}
