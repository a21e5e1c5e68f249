import { describe, expect, it } from 'vitest';
import type { ItemPage } from '../../../../src-main/contract/item-view';
import { csvCell, csvHead, csvRow } from '../../../../src-main/pipeline/reading/export-csv';
import { HTML_END, htmlHead, htmlItem } from '../../../../src-main/pipeline/reading/export-html';

const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'&amp;';
const GUID = '3f0e9a52-6a39-4d13-8b0f-1a9d6cf2c111';

/** A page in which every text that somebody else chose is `text`. */
function pageWith(text: string): ItemPage {
  const finding = {
    probe: text,
    name: text,
    severity: 'malicious' as const,
    category: text,
    evidence: text,
    guidance: [],
  };
  const job = {
    probe: text,
    state: 'error' as const,
    problem: text,
    statement: null,
    coverage: null,
    engineVersion: text,
    databaseVersion: text,
    attempts: 1,
    durationMs: 1,
    cached: false,
  };
  const name = { display: text, bytes: null };
  const verdict = { kind: 'infected' as const, rule: 'r', sentence: text };
  return {
    item: {
      id: '1',
      parent: null,
      path: text,
      pathBytes: null,
      relativePath: text,
      relativePathBytes: null,
      sha256: 'a'.repeat(64),
      sha1: null,
      md5: null,
      size: 3,
      mime: text,
      state: 'quarantined',
      verdict: 'infected',
      reason: null,
      sentence: text,
      findings: [finding],
      jobs: [job],
      guidance: [],
      disposition: 'quarantined',
      destination: text,
      destinationBytes: null,
      report: null,
      reportBytes: null,
      problem: text,
      submission: GUID,
      at: '2026-01-01T00:00:00.000Z',
    },
    submission: { guid: GUID, origin: text, profile: text, receivedAt: '2026-01-01T00:00:00.000Z' },
    children: [
      { id: '2', parent: '1', name, size: 1, hashes: null, type: null, verdict, findings: [finding], jobs: [job] },
    ],
    childrenLeftOut: 0,
    guidance: [{ tag: 'malware-found', title: text, guidance: text }],
    custody: [],
    report: null,
  };
}

describe('an exported HTML document', () => {
  it('holds no markup of anybody but its own, whatever files and findings are called', () => {
    const html = htmlHead('en', 1, 0) + htmlItem(pageWith(HOSTILE), 'en') + HTML_END;
    const tags = new Set([...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag?.toLowerCase()));
    for (const tag of ['script', 'img', 'iframe', 'object', 'link', 'a', 'form']) expect(tags).not.toContain(tag);
    expect(html.match(/<[^>]*\son[a-z]+=/i)).toBeNull();
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain('&amp;amp;');
  });

  it('loads nothing and runs nothing by its own policy, and speaks the language that was asked for', () => {
    const head = htmlHead('fr', 2, 0);
    expect(head).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(head).toContain('lang="fr"');
    expect(head).toContain('2 fichiers');
    expect(htmlItem(pageWith('x'), 'fr')).toContain('En quarantaine');
  });

  it('says in its language what engine and probes told, as the table does', () => {
    const page = pageWith('it changed while it was scanned');
    for (const text of [htmlItem(page, 'fr'), csvRow(page, 'fr')])
      expect(text).toContain('le fichier a changé pendant');
    for (const text of [htmlItem(page, 'en'), csvRow(page, 'en')]) expect(text).not.toContain('le fichier a changé');
  });
});

describe('an exported table', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\u00a0=1', '\uff1d1', '\ufeff=1'])(
    'has no cell that a spreadsheet would reckon: %j',
    (text) => {
      expect(csvCell(text)).toBe(`"'${text}"`);
    },
  );

  it('leaves numbers and harmless texts as they are, and doubles quotes', () => {
    expect([csvCell(-5), csvCell('a=b'), csvCell('a "b", c'), csvCell(null)]).toEqual([
      '"-5"',
      '"a=b"',
      '"a ""b"", c"',
      '""',
    ]);
  });

  it('has as many cells in each row as in its head', () => {
    const cells = (line: string) => line.split('","').length;
    expect(cells(csvRow(pageWith('x'), 'en'))).toBe(cells(csvHead('en')));
    expect(cells(csvHead('fr'))).toBe(cells(csvHead('en')));
  });
});
