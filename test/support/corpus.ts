import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Bytes that only tests know: `startClamd` with `MARKER_SIGNATURE` in its database calls them `Marker-Test`. */
export const MARKER = Buffer.from('dropgate-marker-that-only-clamd-knows');
export const MARKER_SIGNATURE = `Marker-Test:0:*:${MARKER.toString('hex')}\n`;

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const PDF = `%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>
endobj
trailer
<< /Root 1 0 R /Size 4 >>
%%EOF
`;

const DOCX = {
  '[Content_Types].xml':
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  '_rels/.rels':
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  'word/document.xml':
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Minutes of the meeting</w:t></w:r></w:p></w:body></w:document>',
} as const;

const ZIP_SCRIPT = `
import base64, json, sys, zipfile
members = json.loads(sys.stdin.read())
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
    for name, content in members.items():
        archive.writestr(name, base64.b64decode(content))
`;

/** A zip at `path` with these members, deflated, made by Python's zipfile. */
export function makeZip(path: string, members: Readonly<Record<string, Buffer | string>>): void {
  const encoded = Object.entries(members).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]);
  execFileSync('python3', ['-c', ZIP_SCRIPT, path], { input: JSON.stringify(Object.fromEntries(encoded)) });
}

/** Writes ordinary, harmless documents below `folder` and returns their relative paths. Needs python3. */
export function writeCleanDocuments(folder: string): string[] {
  const plain: Record<string, Buffer | string> = {
    'letter.txt': 'Dear Sir or Madam,\nthe goods have arrived.\n',
    'page.html': '<!doctype html><html><head><title>Page</title></head><body><p>Hello</p></body></html>\n',
    'docs/drawing.pdf': PDF,
    'docs/pixel.png': Buffer.from(PNG, 'base64'),
    'docs/deep/er/table.csv': 'name,number\none,1\ntwo,2\n',
    'empty.txt': '',
  };
  for (const [name, bytes] of Object.entries(plain)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  makeZip(join(folder, 'minutes.docx'), DOCX);
  return [...Object.keys(plain), 'minutes.docx'];
}
