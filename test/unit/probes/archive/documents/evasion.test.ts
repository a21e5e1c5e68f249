import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { describeWith } from '../../../../support/components';
import { EICAR, tempFolder } from '../../../../support/temp-folder';
import { scanArchive, zipOf } from '../support';
import { eicarIn, kindOf, python } from './make';

const BASE64 = EICAR.toString('base64');
const UUENCODED = `import binascii
uu = b'begin 644 eicar.com\\n' + b''.join(binascii.b2a_uu(eicar[at:at + 45]) for at in (0, 45)) + b'\`\\nend\\n'`;

describeWith(['python3'], 'files that stand in a text', () => {
  it.each([
    ['uuencoded', `${UUENCODED}\nout(b'Hello\\n\\n' + uu)`],
    ['uuencoded behind a long text', `${UUENCODED}\nout(b'line of text\\n' * 5000 + uu)`],
    ['uuencoded in a page', `${UUENCODED}\nout(b'<html><a href="data:,x"><pre>\\n' + uu)`],
    ['as begin-base64', `out(b'begin-base64 644 eicar.com\\n${BASE64.slice(0, 60)}\\n${BASE64.slice(60)}\\n====\\n')`],
  ])('%s are members', async (_how, program) => {
    expect((await eicarIn(python(program))).eicar).toEqual(['eicar.com']);
  });

  it('a text that tells of uuencoded files is none', async () => {
    expect(await kindOf(Buffer.from('The first line is\nbegin 644 name\n\nand the last one is end.\n'))).toBeNull();
  });

  it('an attachment behind 70 KB of other fields of a mail is a member', async () => {
    const mail = `out(b'X-Pad: ' + b'a' * 70000 + b'\\nContent-Type: a/b; name=e.com\\nContent-Transfer-Encoding: base64\\n\\n${BASE64}\\n')`;
    expect((await eicarIn(python(mail))).eicar).toEqual(['e.com']);
  });
});

describe('a page in UTF-16', () => {
  const page = `<html><a download href="data:application/octet-stream;base64,${BASE64}">\u20ac</a></html>`;
  const little = Buffer.from(`\ufeff${page}`, 'utf16le');

  it.each([
    ['little', little],
    ['big', Buffer.from(little).swap16()],
  ])('gives its files, %s end first', async (_order, bytes) => {
    expect(await eicarIn(bytes)).toEqual({ eicar: ['data-1'], coverage: 'complete' });
  });
});

describeWith(['python3'], 'a document in one XML file', () => {
  it.each(['pkg:package><pkg:binaryData', 'office:document><office:binary-data', 'w:wordDocument><w:binData'])(
    'gives the archives that stand in it as <%s>',
    async (elements) => {
      const zip = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(2000, zipOf({ 'a.txt': 'inside' }))]);
      const { children } = await scanArchive(
        Buffer.from(`<?xml version="1.0"?>\n<${elements}>${zip.toString('base64')}<`),
      );
      expect(children.some(({ bytes }) => bytes.equals(zip))).toBe(true);
    },
  );
});

describeWith(['python3'], 'what nobody opens', () => {
  it.each<[string, Buffer]>([
    [
      'packed macros',
      Buffer.concat([Buffer.from('ActiveMime\0\0\x01\xf0', 'latin1'), Buffer.alloc(36), deflateSync(EICAR)]),
    ],
    [
      'a packed file of a disc',
      Buffer.concat([Buffer.from('37e45396c9dbd60744000000040f0000', 'hex'), deflateSync(EICAR)]),
    ],
    ['raw sectors', Buffer.concat([Buffer.from('00ffffffffffffffffffff0000020001', 'hex'), Buffer.alloc(4000)])],
  ])('%s is not complete', async (_what, bytes) => {
    expect((await scanArchive(bytes)).coverage).toBe('unsupported');
  });
});

describeWith(['openssl'], 'encrypted and signed files by openssl', () => {
  const made = (...command: readonly string[]) => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'e.com'), EICAR);
    const key = 'req -x509 -newkey rsa:2048 -nodes -subj /CN=a -keyout k.pem -out c.pem'.split(' ');
    execFileSync('openssl', key, { cwd: folder, stdio: 'ignore' });
    execFileSync('openssl', [...command, '-in', 'e.com', '-out', 'made'], { cwd: folder, stdio: 'ignore' });
    return readFileSync(join(folder, 'made'));
  };
  const SIGN = 'cms -sign -binary -signer c.pem -inkey k.pem -outform DER'.split(' ');

  it.each([
    ['a key of a password', ['enc', '-aes-256-cbc', '-pbkdf2', '-k', 'secret']],
    ['a signature around it', [...SIGN, '-nodetach']],
    ['a signature around it, in pieces', [...SIGN, '-nodetach', '-stream']],
    ['a signature around it, as text', [...SIGN, '-nodetach', '-outform', 'PEM']],
    ['a key of somebody, as text', ['cms', '-encrypt', '-outform', 'PEM', '-recip', 'c.pem']],
  ])('with %s are not complete', async (_how, command) => {
    expect((await scanArchive(made(...command))).coverage).toBe('unsupported');
  });

  it.each(['DER', 'PEM'])('a signature without its content is an ordinary file (%s)', async (form) => {
    expect((await scanArchive(made(...SIGN, '-outform', form))).coverage).toBe('complete');
  });
});
