import type { ItemPage } from '../../contract/item-view';
import { toldIn } from '../../contract/told';
import type { GuidanceLanguage } from '../guidance';
import { EXPORT_WORDS, stateWord } from './export-words';

/** A spreadsheet takes a cell that begins so for a formula; full-width forms too, and what it trims in front of them. */
const FORMULA = /^[\s\u0000-\u001f\u00a0\u200b\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** One cell: quoted, and never a formula whatever a file is called. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '""';
  const text = String(value);
  const guarded = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return `"${guarded.replaceAll('"', '""')}"`;
}

const line = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

export function csvHead(language: GuidanceLanguage): string {
  const { columns } = EXPORT_WORDS[language];
  const { path, size, type, verdict, sentence, findings, disposition, destination } = columns;
  const { problem, received, ended, submission, profile, origin } = columns;
  const hashes = ['SHA-256', 'SHA-1', 'MD5'];
  const head = [path, ...hashes, size, type, verdict, sentence, findings, disposition, destination, problem];
  // the mark tells spreadsheets that the text is UTF-8
  return `\ufeff${line([...head, received, ended, submission, profile, origin])}`;
}

export function csvRow({ item, submission, children }: ItemPage, language: GuidanceLanguage): string {
  const told = (text: string | null) => (text === null ? null : toldIn(language, text));
  const findings = [...item.findings, ...children.flatMap((child) => child.findings)];
  return line([
    item.path,
    item.sha256,
    item.sha1,
    item.md5,
    item.size,
    item.mime,
    stateWord(language, item.verdict),
    told(item.sentence),
    findings.map(({ probe, name }) => `${probe}: ${name}`).join('; '),
    stateWord(language, item.disposition),
    item.destination,
    told(item.problem),
    submission.receivedAt,
    item.at,
    submission.guid,
    submission.profile,
    submission.origin,
  ]);
}
