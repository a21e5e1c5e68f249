import { describe, expect, it } from 'vitest';
import { EICAR } from '../../../../support/temp-folder';
import { scanArchive } from '../support';

const program = Buffer.alloc(2000);
program.write('MZ');
program.writeUInt32LE(128, 60);
program.write('PE\0\0', 128, 'latin1');
const BASE64 = program.toString('base64');
const EICAR64 = EICAR.toString('base64');

describe('a page', () => {
  it.each<[string, string]>([
    ['an address', `<html><a download href="data:application/octet-stream;base64,${BASE64}">x</a></html>`],
    ['an address in lines', `<html><img src='data: ; base64 ,${BASE64.replace(/(.{76})/g, '$1\r\n')}'>`],
    ['a script', `<script>const file = atob("${BASE64}");</script>`],
    ['a drawing', `<svg xmlns="http://www.w3.org/2000/svg"><script>x = '${BASE64}'</script></svg>`],
  ])('with a program in %s gives it', async (_where, page) => {
    const { children, coverage } = await scanArchive(Buffer.from(page));
    expect([coverage, children.length, children[0]?.bytes.equals(program)]).toEqual(['complete', 1, true]);
  });

  it('gives it wherever it lies, once', async () => {
    const address = `<a href="data:x;base64,${BASE64}">`;
    const { children } = await scanArchive(Buffer.from(`<html>${' <p>text</p>'.repeat(60_000)}${address}${address}`));
    expect(children.length).toBe(1);
  });

  const entities = (text: string) => [...text].map((letter) => `&#${letter.charCodeAt(0)};`).join('');
  const hexEntities = (text: string) => [...text].map((letter) => `&#x${letter.charCodeAt(0).toString(16)}`).join('');
  const percent = (text: string) => [...text].map((c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
  const escapes = (text: string) =>
    [...text].map((c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
  const unicode = (text: string) =>
    [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  it.each<[string, string]>([
    ['a short address', `<a download="a" href="data:application/octet-stream;base64,${EICAR64}">x</a>`],
    ['an address in single quotes', `<a href='data:;base64,${EICAR64}'>`],
    ['an address without quotes', `<iframe src=data:;base64,${EICAR64}></iframe>`],
    ['an address behind blanks', `<a href=" \n data:;base64,${EICAR64}">`],
    ['upper case', `<A HREF="DATA:TEXT/PLAIN;BASE64,${EICAR64}">`],
    ['a type with a quoted charset', `<a href='data:text/html;charset="utf-8";base64,${EICAR64}'>`],
    ['a style', `<style>p { background: url( data:;base64,${EICAR64} ) }</style>`],
    ['a style with quotes', `<div style="background: url('data:;base64,${EICAR64}')">`],
    ['a list of pictures', `<img srcset="a.png 1x, data:;base64,${EICAR64} 2x">`],
    ['a page that leads on', `<meta http-equiv="refresh" content="0;url=data:;base64,${EICAR64}">`],
    ['a page within the page', `<iframe srcdoc="<a href='data:;base64,${EICAR64}'>x</a>"></iframe>`],
    ['an escaped page within', `<iframe srcdoc="&lt;a href=&quot;data:;base64,${EICAR64}&quot;&gt;"></iframe>`],
    ['a script', `<script>location = 'data:application/x-msdownload;base64,${EICAR64}'</script>`],
    ['a script, in pieces', `<script>x = "data:;base64,${EICAR64.slice(0, 30)}" +\n '${EICAR64.slice(30)}'</script>`],
    ['a script, in escapes', `<script>x = "${escapes('data:')};base64,${EICAR64}"</script>`],
    ['a script, in Unicode', `<script>x = "${unicode('data:')};base64,${unicode(EICAR64)}"</script>`],
    ['blanks and line ends', `<a href="data:;base64,${EICAR64.replace(/(.{7})/g, '$1 \r\n\t')}">`],
    ['a colon as entity', `<a href="data&#58;;base64,${EICAR64}">`],
    ['a colon by its name', `<a href="data&colon;;base64,${EICAR64}">`],
    ['entities alone', `<a href="${entities('data:;base64,')}${entities(EICAR64)}">`],
    ['hexadecimal entities', `<a href="${hexEntities('data:')};;base64,${EICAR64}">`],
    ['line ends in its scheme', `<a href="da\nt&Tab;a:;base64,${EICAR64}">`],
    ['base64 with percent codes', `<a href="data:;base64,${EICAR64.replace(/[=+/A]/g, (c) => percent(c))}">`],
    ['percent codes', `<a href="data:application/octet-stream,${percent(EICAR.toString('latin1'))}">`],
    ['percent codes, without a type', `<a href='data:,${percent(EICAR.toString('latin1'))}'>`],
    ['a drawing', `<svg xmlns="http://www.w3.org/2000/svg"><a xlink:href="data:;base64,${EICAR64}"/></svg>`],
  ])('with an address in %s gives what it holds', async (_how, page) => {
    const { children, coverage } = await scanArchive(Buffer.from(`<html>${page}`));
    expect(children.some(({ bytes }) => bytes.equals(EICAR))).toBe(true);
    expect(coverage).toBe('complete');
  });

  it('gives pictures in addresses too, since other files may lie behind them', async () => {
    const picture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(3000, 'picture')]);
    const { children } = await scanArchive(
      Buffer.from(`<img src="data:image/png;base64,${picture.toString('base64')}">`),
    );
    expect(children.map(({ bytes }) => bytes.equals(picture))).toEqual([true]);
  });

  it.each([
    '<html><p>Save your data: it is worth it, they say</p>',
    '<script>$.ajax({ url: "/x", data: input, type: "POST" }); const metadata = {data: [1, 2]};</script>',
    `<html><img src='data:,'><a href="data:">x</a>, and so on`,
  ])('without an address with content has no members', async (page) => {
    expect(await scanArchive(Buffer.from(page))).toMatchObject({ coverage: 'complete', children: [] });
  });

  it.each(['(data:,x', '"data:,x" + '])('of many addresses like %s is read in one pass', async (address) => {
    const { coverage, children } = await scanArchive(Buffer.from(`<html>${address.repeat(200_000)}`));
    expect([coverage, children.length]).toEqual(['complete', 1]);
  });
});
