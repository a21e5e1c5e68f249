import { DropgateError } from '../../base/errors';
import type { ItemPage } from '../../contract/item-view';
import type { Item } from '../../store/item-row';
import type { ReadingTables } from '../../store/reading';
import type { GuidanceLanguage } from '../guidance';
import { csvHead, csvRow } from './export-csv';
import { HTML_END, htmlHead, htmlItem } from './export-html';
import { itemPage } from './item-page';
import type { ExportFormat } from './protocol';

/** Characters: what crosses the socket as one line, with room for its escapes. */
const LONGEST = 24 * 1024 * 1024;

interface Writing {
  readonly head: string;
  readonly between: string;
  readonly end: string;
  readonly one: (page: ItemPage) => string;
}

function writing(format: ExportFormat, language: GuidanceLanguage, count: number, now: number): Writing {
  switch (format) {
    case 'json':
      return { head: '[\n', between: ',\n', end: '\n]\n', one: ({ report: _report, ...page }) => JSON.stringify(page) };
    case 'csv':
      return { head: csvHead(language), between: '', end: '', one: (page) => csvRow(page, language) };
    case 'html':
      return {
        head: htmlHead(language, count, now),
        between: '',
        end: HTML_END,
        one: (page) => htmlItem(page, language),
      };
  }
}

/** One document over all items. Throws BAD_USAGE when it becomes too long to be handed over. */
export async function exportDocument(
  tables: ReadingTables,
  items: readonly Item[],
  options: { format: ExportFormat; language: GuidanceLanguage; now: number },
): Promise<string> {
  const { format, language, now } = options;
  const { head, between, end, one } = writing(format, language, items.length, now);
  const pieces: string[] = [];
  let length = 0;
  for (const item of items) {
    const piece = one(await itemPage(tables, item, language));
    length += piece.length;
    if (length > LONGEST) {
      throw new DropgateError(
        'BAD_USAGE',
        `the document over ${items.length} files becomes too large; ${pieces.length} fit, so select fewer and export again`,
      );
    }
    pieces.push(piece);
  }
  return `${head}${pieces.join(between)}${end}`;
}
