import { expect, it } from 'vitest';
import { describeWith } from '../../../../support/components';
import { EICAR } from '../../../../support/temp-folder';
import { scanArchive } from '../support';
import { eicarIn, python } from './make';

const BASE64 = EICAR.toString('base64');
const lines = (...text: string[]) => Buffer.from(text.join('\r\n'));
const mailOf = (...part: string[]) =>
  lines(
    'From: a@example.com',
    'To: b@example.com',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="x y"',
    '',
    '--x y',
    ...part,
    '--x y--',
    '',
  );

describeWith(['python3'], 'mail made by python', () => {
  const made = (program: string) =>
    python(`
from email.message import EmailMessage
from email import policy
m = EmailMessage()
m['From'], m['To'], m['Subject'] = 'a@example.com', 'b@example.com', 'Grüße'
m.set_content('plain text with äöü\\n' * 3)
${program}
out(m.as_bytes(policy=policy.SMTP))`);

  it.each([
    { how: 'base64', program: "m.add_attachment(eicar, 'application', 'octet-stream', filename='Rechnung ä.com')" },
    {
      how: 'quoted-printable',
      program: "m.add_attachment(eicar, 'a', 'b', filename='Rechnung ä.com', cte='quoted-printable')",
    },
    { how: '7bit', program: "m.add_attachment(eicar.decode(), filename='Rechnung ä.com', cte='7bit')" },
  ])('gives an attachment in $how with its name, and the text', async ({ program }) => {
    const { coverage, children, found } = await scanArchive(made(program));
    expect([coverage, found]).toEqual(['complete', []]);
    expect(children.map(({ name }) => name)).toEqual(['part-1.txt', 'Rechnung ä.com']);
    expect(children[0]?.bytes.toString()).toContain('plain text with äöü');
    expect(children[1]?.bytes.toString().trim()).toBe(EICAR.toString());
  });

  it('gives text, page and pictures of an ordinary mail', async () => {
    const { coverage, children } = await scanArchive(
      made(`
m.add_alternative('<p>page</p><img src="cid:a">', subtype='html')
m.get_payload()[1].add_related(b'\\x89PNG' * 99, 'image', 'png', cid='<a>')`),
    );
    expect([coverage, children.map(({ name }) => name)]).toEqual([
      'complete',
      ['part-1.txt', 'part-2.1.html', 'part-2.2.bin'],
    ]);
  });

  it('gives attachments of a mail in a mail in a mail', async () => {
    const nested = made(`
m.add_attachment(eicar, 'application', 'x', filename='inner.com')
for depth in range(2):
    outer = EmailMessage()
    outer['Subject'] = 'forwarded'
    outer.set_content('see below')
    outer.add_attachment(m)
    m = outer`);
    expect(await eicarIn(nested)).toEqual({ eicar: ['inner.com'], coverage: 'complete' });
  });

  it('splits at a boundary that is written as RFC 2231 has it', async () => {
    const mail = mailOf('Content-Transfer-Encoding: base64', '', BASE64).toString();
    const encoded = mail.replace('boundary="x y"', "boundary*0*=ansi-x3.4-1968''x; boundary*1*=%20y");
    expect(await eicarIn(Buffer.from(encoded))).toEqual({ eicar: ['part-1.txt'], coverage: 'complete' });
  });

  it('gives a body that is all of the mail', async () => {
    const bare = lines('Subject: x', 'From: a', 'Content-Transfer-Encoding: base64', '', BASE64);
    expect(await eicarIn(bare)).toEqual({ eicar: ['body.txt'], coverage: 'complete' });
    const text = await scanArchive(lines('Received: from x', 'Subject: hi', '', 'body'));
    expect([text.coverage, text.children.map(({ bytes }) => bytes.toString())]).toEqual(['complete', ['body']]);
  });

  it('gives files that stand uuencoded in a text', async () => {
    const text = python(`
import binascii
out(b'From: a\\r\\nSubject: x\\r\\n\\r\\nHello,\\r\\nbegin 644 a.com\\r\\n')
for at in range(0, len(eicar), 45): out(binascii.b2a_uu(eicar[at:at + 45]).replace(b'\\n', b'\\r\\n'))
out(b'\`\\r\\nend\\r\\n')`);
    expect(await eicarIn(text)).toEqual({ eicar: ['a.com'], coverage: 'complete' });
  });
});

describeWith([], 'mail that readers see differently is never complete, and both ways are members', () => {
  it.each<[string, Buffer]>([
    ['no closing boundary', mailOf('Content-Transfer-Encoding: base64', '', BASE64).subarray(0, -10)],
    [
      'another boundary than stated',
      Buffer.from(mailOf('Content-Transfer-Encoding: base64', '', BASE64).toString().replace('"x y"', '"other"')),
    ],
    [
      'no boundary stated',
      Buffer.from(
        mailOf('Content-Transfer-Encoding: base64', '', BASE64)
          .toString()
          .replace(/; boundary.*/, ''),
      ),
    ],
    [
      'two boundaries',
      Buffer.from(mailOf('Content-Transfer-Encoding: base64', '', BASE64).toString().replace('; b', '; boundary=z; b')),
    ],
    ['two encodings', mailOf('Content-Transfer-Encoding: 7bit', 'Content-Transfer-Encoding: base64', '', BASE64)],
    [
      'two types',
      Buffer.from(`Content-Type: text/plain\r\n${mailOf('Content-Transfer-Encoding: base64', '', BASE64)}`),
    ],
    [
      'padding in base64',
      mailOf(
        'Content-Transfer-Encoding: base64',
        '',
        `${EICAR.subarray(0, 10).toString('base64')}`,
        EICAR.subarray(10).toString('base64'),
      ),
    ],
    [
      'strange characters in base64',
      mailOf('Content-Transfer-Encoding: base64', '', `${BASE64.slice(0, 20)}!*${BASE64.slice(20)}`),
    ],
    ['an unknown encoding', mailOf('Content-Transfer-Encoding: base 64', '', BASE64)],
    [
      'lines that end with CR alone',
      Buffer.from(mailOf('Content-Transfer-Encoding: base64', '', BASE64).toString().replaceAll('\r\n', '\r')),
    ],
    ['CR before its header', Buffer.from(`X\r\r${mailOf('Content-Transfer-Encoding: base64', '', BASE64)}`)],
    [
      'parts behind the end',
      Buffer.from(`${mailOf('', 'text')}--x y\r\nContent-Transfer-Encoding: base64\r\n\r\n${BASE64}\r\n--x y--\r\n`),
    ],
  ])('%s', async (_what, mail) => {
    const { eicar, coverage } = await eicarIn(mail);
    expect([eicar.length > 0, coverage]).toEqual([true, 'partial']);
  });

  it.each<[string, Buffer, string]>([
    [
      'an encrypted part',
      mailOf('Content-Type: application/pkcs7-mime; smime-type=enveloped-data', '', 'x'),
      'encrypted',
    ],
    ['PGP', mailOf('', '-----BEGIN PGP MESSAGE-----', 'x'), 'encrypted'],
    [
      'a piece of a mail',
      lines('From: a', 'Subject: x', 'Content-Type: message/partial; number=1', '', 'x'),
      'unsupported',
    ],
  ])('%s', async (_what, mail, expected) => {
    expect((await scanArchive(mail)).coverage).toBe(expected);
  });

  it('mails in each other beyond every sense end', async () => {
    const mail = Buffer.from('Content-Type: message/rfc822\r\n\r\n'.repeat(5000));
    expect((await scanArchive(mail)).coverage).toBe('limit_exceeded');
  });

  it('a zip behind the last part is a member', async () => {
    const mail = Buffer.concat([mailOf('', 'text'), Buffer.from('PK\x03\x04 and so on\0', 'latin1')]);
    expect((await scanArchive(mail)).children.map(({ name }) => name)).toEqual(['part-1.txt', 'body-around.bin']);
  });
});

describeWith(['python3'], 'a mailbox', () => {
  const box = () =>
    python(`
import mailbox, tempfile, os
from email.message import EmailMessage
path = os.path.join(tempfile.mkdtemp(), 'box')
box = mailbox.mbox(path)
for n in range(3):
    m = EmailMessage()
    m['From'], m['Subject'] = 'a@example.com', str(n)
    m.set_content('From here on\\nit goes on.\\n\\nFrom there too.')
    if n == 2: m.add_attachment(eicar, 'a', 'b', filename='x.com')
    box.add(m)
box.flush()
out(open(path, 'rb').read())
os.remove(path); os.rmdir(os.path.dirname(path))`);

  it('gives its messages, which are mails again', async () => {
    const { coverage, children } = await scanArchive(box());
    expect([coverage, children.map(({ name }) => name)]).toEqual([
      'complete',
      ['message-1.eml', 'message-2.eml', 'message-3.eml'],
    ]);
    expect(await eicarIn(children[2]?.bytes ?? Buffer.alloc(0))).toEqual({ eicar: ['x.com'], coverage: 'complete' });
  });

  it('of several megabytes is split everywhere', async () => {
    const large = Buffer.concat([box(), Buffer.from(`\n${'x'.repeat(70)}\n`.repeat(20_000)), Buffer.from('\n'), box()]);
    expect((await scanArchive(large)).children.map(({ name }) => name)).toHaveLength(6);
  });
});
