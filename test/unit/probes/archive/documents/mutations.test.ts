import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { expect, it } from 'vitest';
import { mailMembers } from '../../../../../src-main/probes/archive/documents/mail';
import { unpackMailbox } from '../../../../../src-main/probes/archive/documents/mailbox';
import { unpackOle } from '../../../../../src-main/probes/archive/documents/ole';
import { oneNoteMembers } from '../../../../../src-main/probes/archive/documents/onenote';
import { pageMembers } from '../../../../../src-main/probes/archive/documents/page';
import { pdfMembers } from '../../../../../src-main/probes/archive/documents/pdf';
import type { DocumentParser } from '../../../../../src-main/probes/archive/documents/pieces';
import { rtfMembers } from '../../../../../src-main/probes/archive/documents/rtf';
import { shortcutMembers } from '../../../../../src-main/probes/archive/documents/shortcut';
import { tnefMembers } from '../../../../../src-main/probes/archive/documents/tnef';
import { describeWith, findComponent } from '../../../../support/components';
import { EICAR } from '../../../../support/temp-folder';
import { compound, kindOf, piecesOf, piecesOfFile, python, type Taken } from './make';
import { mutated } from './mutate';

const RUNS = 500;

/** Far above what any of these small files should give: what goes beyond it has no bound. */
const MOST = 32 * 1024 * 1024;
const parsed = (parse: DocumentParser) => (bytes: Buffer) => piecesOf(parse, bytes, MOST);

const MAIL = `
from email.message import EmailMessage
from email import policy
m = EmailMessage()
m['From'], m['Subject'] = 'a@example.com', 'x'
m.set_content('text')
m.add_attachment(eicar, 'application', 'x', filename='a.com')
m.add_attachment(eicar, 'application', 'x', filename='b.com', cte='quoted-printable')
out(m.as_bytes(policy=policy.SMTP))`;

const PDF = `
import zlib
body = b'%PDF-1.4\\n1 0 obj\\n<< /JS (x) /EF << /F 2 0 R >> /F (a.com) >>\\nendobj\\n'
for n, data in enumerate([eicar, b'8 0 9 4 << >> << /JS (y) >>', b'abc' * 99]):
    packed = zlib.compress(data)
    body += b'%d 0 obj\\n<< /Length %d /Filter /FlateDecode /Type /ObjStm /N 2 /First 8 >>\\nstream\\n%s\\nendstream\\nendobj\\n' % (n + 2, len(packed), packed)
out(body + b'trailer\\n<< /Root 1 0 R >>\\n%%EOF')`;

const counted = (hex: string) => Buffer.from(hex, 'hex');

/** Whether an independent reader still sees EICAR as an attachment. What it refuses it does not see. */
async function postalDecodes(bytes: Buffer): Promise<boolean> {
  const mail = await PostalMime.parse(bytes, { attachmentEncoding: 'arraybuffer' }).catch(() => null);
  const attachments = mail?.attachments.map(({ content }) => Buffer.from(content as ArrayBuffer)) ?? [];
  return attachments.some((content) => content.toString('latin1').trim() === EICAR.toString());
}

describeWith(['python3'], 'mutated documents', () => {
  it.each<[string, () => Buffer, (bytes: Buffer) => Promise<Taken>]>([
    ['mail', () => python(MAIL), parsed(mailMembers)],
    [
      'mailboxes',
      () => Buffer.concat([Buffer.from('From a  12:00\n'), python(MAIL)]),
      (bytes) => piecesOfFile(unpackMailbox, bytes, MOST),
    ],
    [
      'compound files',
      () =>
        compound({
          'a/VBA/dir': counted('0119b000616263646566676800696a6b'),
          Workbook: EICAR,
          'PowerPoint Document': Buffer.alloc(9000, 1),
          '\u0001Ole10Native': EICAR,
          '__substg1.0_10090102': EICAR,
        }),
      (bytes) => piecesOfFile(unpackOle, bytes, MOST),
    ],
    ['PDF', () => python(PDF), parsed(pdfMembers)],
    [
      'RTF',
      () => Buffer.from(`{\\rtf1{\\object{\\*\\objdata ${EICAR.toString('hex')}\\bin5 abcde}}}`),
      parsed(rtfMembers),
    ],
    [
      'TNEF',
      () =>
        counted(
          `789f3e2201000202900600040000000000000000000205900600 1c000000 01000000 0d000137 01000000 08000000 4141414142424242 0000`.replaceAll(
            ' ',
            '',
          ),
        ),
      parsed(tnefMembers),
    ],
    [
      'OneNote',
      () =>
        Buffer.concat([
          Buffer.alloc(300),
          counted('e716e3bd65261145a4c48d4d0b7a9eac4400000000000000'),
          Buffer.alloc(12),
          EICAR,
        ]),
      parsed(oneNoteMembers),
    ],
    [
      'shortcuts',
      () =>
        Buffer.concat([
          counted('4c0000000114020000000000c000000000000046ff000000'),
          Buffer.alloc(52),
          counted('0200aabb040000000300610062006300010000000000'),
        ]),
      parsed(shortcutMembers),
    ],
    [
      'pages',
      () =>
        Buffer.from(`<a href="data:x;base64,${Buffer.concat([Buffer.from('PK\x03\x04'), EICAR]).toString('base64')}">`),
      parsed(pageMembers),
    ],
  ])('of %s end, within bounds, and without a crash', async (_kind, make, take) => {
    await fc.assert(
      fc.asyncProperty(mutated(make()), async (bytes) => void (await take(bytes))),
      { numRuns: RUNS },
    );
  });

  it('of mail: what other readers still decode is a member, or the mail is noted', async () => {
    const program = `
import sys, email
from email import policy
eicar = bytes.fromhex(sys.argv[1])
for line in sys.stdin:
    found = False
    for kind in (policy.default, policy.compat32):
        try:
            for part in email.message_from_bytes(bytes.fromhex(line.strip()), policy=kind).walk():
                found = found or (part.get_payload(decode=True) or b'').strip() == eicar
        except Exception: pass
    print(int(found), flush=True)`;
    const reader = spawn(findComponent('python3') ?? '', ['-c', program, EICAR.toString('hex')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const answers = createInterface({ input: reader.stdout })[Symbol.asyncIterator]();
    const seen = { decoded: 0, silent: 0 };
    try {
      await fc.assert(
        fc.asyncProperty(mutated(python(MAIL)), async (bytes) => {
          reader.stdin.write(`${bytes.toString('hex')}\n`);
          const decodes = (await answers.next()).value === '1' || (await postalDecodes(bytes));
          const isOpened = (await kindOf(bytes))?.startsWith('mail') === true;
          const { members, notes } = isOpened ? await piecesOf(mailMembers, bytes) : { members: [], notes: [] };
          const isMember = members.some((member) => member.bytes.toString('latin1').trim() === EICAR.toString());
          seen.decoded += Number(decodes);
          seen.silent += Number(notes.length === 0);
          expect(!decodes || isMember || notes.length > 0).toBe(true);
        }),
        { numRuns: RUNS },
      );
    } finally {
      const ended = once(reader, 'exit');
      reader.stdin.end();
      await ended;
    }
    expect(seen.decoded).toBeGreaterThan(RUNS / 10);
    expect(seen.silent).toBeGreaterThan(RUNS / 10);
  });
});
