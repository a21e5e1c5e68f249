import { escapeHidden } from '../../base/display-name';
import type { ItemPage } from '../../contract/item-view';
import { toldIn } from '../../contract/told';
import type { GuidanceLanguage } from '../guidance';
import { EXPORT_WORDS, stateWord } from './export-words';

const STYLE = `body{font:13px/1.45 system-ui,sans-serif;color:#1b1f24;background:#fff;margin:32px auto;max-width:960px;padding:0 16px}
h1{font-size:20px}h2{font-size:15px;margin:0;overflow-wrap:anywhere}h3{font-size:13px;margin:16px 0 4px}
section{border-top:1px solid #d0d7de;padding:16px 0;break-inside:avoid-page}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:4px 8px 4px 0;overflow-wrap:anywhere}
th{font-weight:600;white-space:nowrap;width:1%}code{font:12px/1.4 ui-monospace,monospace}`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text of anybody: no markup, nothing hidden. */
const plain = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
/** As `plain`, and of whatever direction: it cannot turn what stands around it. */
const name = (text: string): string => `<bdi>${plain(text)}</bdi>`;
/** How a probe calls itself or what it found; everything else comes escaped from the ledger's readers. */
const said = (text: string): string => name(escapeHidden(text));

/** Nothing is loaded and nothing runs, whatever a file is called: the document says so itself. */
export function htmlHead(language: GuidanceLanguage, count: number, now: number): string {
  const words = EXPORT_WORDS[language];
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${plain(words.title)}</title><style>${STYLE}</style></head><body>
<h1>${plain(words.title)}</h1><p>${plain(`${words.made} ${new Date(now).toISOString()} - ${words.files(count)}`)}</p>
`;
}

export const HTML_END = '</body></html>\n';

const row = (head: string, cell: string): string => `<tr><th scope="row">${plain(head)}</th><td>${cell}</td></tr>`;

/** Already markup: each cell is. */
const cells = (...list: readonly string[]): string => `<tr>${list.map((each) => `<td>${each}</td>`).join('')}</tr>`;

function part(title: string, rows: readonly string[]): string {
  return rows.length === 0 ? '' : `<h3>${plain(title)}</h3><table>${rows.join('')}</table>`;
}

export function htmlItem({ item, submission, children, guidance }: ItemPage, language: GuidanceLanguage): string {
  const words = EXPORT_WORDS[language];
  const { columns } = words;
  const told = (text: string | null | undefined) => name(toldIn(language, text ?? ''));
  const hashes = [
    ['SHA-256', item.sha256],
    ['SHA-1', item.sha1],
    ['MD5', item.md5],
  ] as const;
  const facts = [
    row(columns.verdict, `<strong>${plain(stateWord(language, item.verdict))}</strong>`),
    row(columns.sentence, told(item.sentence)),
    row(columns.disposition, plain(stateWord(language, item.disposition))),
    item.destination === null ? '' : row(columns.destination, name(item.destination)),
    item.problem === null ? '' : row(columns.problem, told(item.problem)),
    row(columns.size, plain(String(item.size ?? ''))),
    row(columns.type, plain(item.mime ?? '')),
    ...hashes.map(([title, hash]) => (hash === null ? '' : row(title, `<code>${plain(hash)}</code>`))),
    row(columns.origin, name(submission.origin)),
    row(columns.profile, name(submission.profile)),
    row(columns.submission, `<code>${plain(submission.guid)}</code>`),
    row(columns.received, plain(submission.receivedAt)),
    item.at === null ? '' : row(columns.ended, plain(item.at)),
  ];
  const findings = [...item.findings, ...children.flatMap((child) => child.findings)].map((finding) =>
    cells(said(finding.name), said(finding.probe), plain(finding.severity), told(finding.evidence)),
  );
  const probes = item.jobs.map((job) =>
    cells(said(job.probe), plain(job.state), plain(job.statement ?? ''), told(job.problem)),
  );
  const members = children.map((child) =>
    cells(name(child.name.display), plain(stateWord(language, child.verdict?.kind ?? null))),
  );
  const advice = guidance.map(({ title, guidance: text }) => cells(plain(title), plain(text)));
  return `<section><h2>${name(item.path)}</h2><table>${facts.join('')}</table>
${findings.length === 0 ? `<p>${plain(words.noFindings)}</p>` : part(columns.findings, findings)}
${part(columns.guidance, advice)}${part(columns.probes, probes)}${part(columns.members, members)}</section>
`;
}
