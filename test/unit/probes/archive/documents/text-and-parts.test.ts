import { describe, expect, it } from 'vitest';
import { EICAR } from '../../../../support/temp-folder';
import { scanArchive } from '../support';
import { eicarIn } from './make';

const HEX = EICAR.toString('hex');
const number = (value: number, bytes = 4): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, Math.min(bytes, 6));
  return buffer;
};
const counted = (text: string) => Buffer.concat([number(text.length + 1), Buffer.from(`${text}\0`)]);
/** An OLE 1.0 object that holds `data` ([MS-OLEDS] 2.2.5). */
const ole1 = (name: string, data: Buffer) =>
  Buffer.concat([number(0x501), number(2), counted(name), number(0), number(0), number(data.length), data]);

describe('RTF', () => {
  const rtf = (objdata: string) =>
    Buffer.from(`{\\rtf1\\ansi Hello {\\object\\objemb{\\*\\objdata ${objdata}}} bye}\n`, 'latin1');

  it.each<[string, string]>([
    ['plain', HEX],
    ['upper case, with line ends', HEX.toUpperCase().replace(/(.{7})/g, '$1\r\n\t ')],
    ['with groups between its digits', HEX.replace(/(.{9})/g, '$1{\\*\\foo}')],
    ['with control words between its digits', HEX.replace(/(.{9})/g, '$1\\par ')],
    ['with characters that are no digits', HEX.replace(/(.{9})/g, '$1-x.')],
    ['as bytes', `\\bin${EICAR.length} ${EICAR.toString('latin1')}`],
    ['partly as bytes', `${HEX.slice(0, 40)}\\bin${EICAR.length - 20} ${EICAR.toString('latin1', 20)}`],
  ])('gives an object that is %s', async (_how, objdata) => {
    expect(await eicarIn(rtf(objdata))).toEqual({ eicar: ['object'], coverage: 'complete' });
  });

  it('gives what an object of OLE 1.0 holds', async () => {
    expect(await eicarIn(rtf(ole1('Word.Document.8', EICAR).toString('hex')))).toEqual({
      eicar: ['object-data'],
      coverage: 'complete',
    });
  });

  it('gives every object, and what stands behind the text', async () => {
    const two = Buffer.concat([rtf(HEX).subarray(0, -2), rtf(HEX), EICAR]);
    expect((await eicarIn(two)).eicar).toEqual(['object', 'object']);
    const behind = await scanArchive(Buffer.concat([rtf(''), EICAR]));
    expect(behind.children.at(-1)?.bytes.includes(EICAR)).toBe(true);
  });

  it('that is cut off is never clean', async () => {
    expect(await eicarIn(rtf(HEX).subarray(0, -8))).toEqual({ eicar: ['object'], coverage: 'partial' });
  });
});

describe('a shortcut', () => {
  const header = (flags: number) =>
    Buffer.concat([Buffer.from('4c0000000114020000000000c000000000000046', 'hex'), number(flags), Buffer.alloc(52)]);
  const text = (value: string) => Buffer.concat([number(value.length, 2), Buffer.from(value, 'utf16le')]);
  const target = Buffer.concat([
    number(788),
    number(0xa0000001),
    Buffer.alloc(260),
    Buffer.from('%comspec%\0', 'utf16le'),
    Buffer.alloc(500),
  ]);
  const shortcut = Buffer.concat([
    header(0xa8),
    text('..\\cmd.exe'),
    text('/c powershell -enc AAAA'),
    target,
    number(0),
  ]);

  it('gives its texts', async () => {
    const { children, coverage } = await scanArchive(shortcut);
    expect([coverage, children.map(({ bytes }) => bytes.toString())]).toEqual([
      'complete',
      ['relative path: ..\\cmd.exe\narguments: /c powershell -enc AAAA\ntarget: %comspec%\n'],
    ]);
  });

  it('gives what is behind it', async () => {
    expect((await eicarIn(Buffer.concat([shortcut, EICAR]))).eicar).toEqual(['behind-the-shortcut']);
  });

  it('that is cut off is never clean', async () => {
    for (const length of [90, 110, 200]) {
      expect((await scanArchive(shortcut.subarray(0, length))).coverage).toBe('partial');
    }
  });
});

describe('OneNote', () => {
  const file = (content: Buffer, end = '22a7fb71790f0b4abb13899256426b24') =>
    Buffer.concat([
      Buffer.from('e716e3bd65261145a4c48d4d0b7a9eac', 'hex'),
      number(content.length, 8),
      Buffer.alloc(12),
      content,
      Buffer.alloc((8 - (content.length % 8)) % 8),
      Buffer.from(end, 'hex'),
    ]);
  const section = (...parts: Buffer[]) => {
    const bytes = Buffer.concat([Buffer.from('e4525c7b8cd8a74daeb15378d02996d3', 'hex'), Buffer.alloc(1008), ...parts]);
    bytes.writeUInt32LE(bytes.length, 196);
    return bytes;
  };

  it('gives the files in it', async () => {
    expect(await eicarIn(section(file(Buffer.alloc(5000, 'x')), file(EICAR)))).toEqual({
      eicar: ['file-2'],
      coverage: 'complete',
    });
  });

  it('gives what was put behind it', async () => {
    expect((await eicarIn(Buffer.concat([section(), EICAR]))).eicar).toEqual(['behind-the-section']);
  });

  it.each<[string, Buffer, string]>([
    ['a file that does not end where it should', section(file(EICAR, '00')), 'partial'],
    ['a file that is cut off', section(file(EICAR).subarray(0, 30)), 'partial'],
    ['an encrypted section', section(Buffer.from('67a0d1da85a36bfb', 'hex')), 'encrypted'],
    [
      'a key of another form',
      section().fill(Buffer.from('2fe98d63d4a6c14b9a36b3fc2511a5b7', 'hex'), 48, 64),
      'unsupported',
    ],
  ])('%s is never clean', async (_what, bytes, coverage) => {
    expect((await scanArchive(bytes)).coverage).toBe(coverage);
  });
});

describe('TNEF', () => {
  const attribute = (level: number, id: number, data: Buffer) => {
    const sum = data.reduce((all, byte) => (all + byte) & 0xffff, 0);
    return Buffer.concat([Buffer.of(level), number(id), number(data.length), data, number(sum, 2)]);
  };
  const property = (id: number, type: number, data: Buffer) =>
    Buffer.concat([
      number(type, 2),
      number(id, 2),
      number(1),
      number(data.length),
      data,
      Buffer.alloc((4 - (data.length % 4)) % 4),
    ]);
  const tnef = (...attributes: Buffer[]) => Buffer.concat([Buffer.from('789f3e220100', 'hex'), ...attributes]);
  const begins = attribute(2, 0x69002, Buffer.alloc(14));

  it('gives attachments by their long or short name', async () => {
    const bytes = tnef(
      attribute(1, 0x89006, Buffer.of(0, 0, 1, 0)),
      begins,
      attribute(2, 0x18010, Buffer.from('SHORT.COM\0')),
      attribute(2, 0x6800f, EICAR),
      begins,
      attribute(2, 0x6800f, EICAR),
      attribute(2, 0x69005, Buffer.concat([number(1), property(0x3707, 0x1f, Buffer.from('long ä.com\0', 'utf16le'))])),
    );
    expect(await eicarIn(bytes)).toEqual({ eicar: ['SHORT.COM', 'long ä.com'], coverage: 'complete' });
  });

  it('gives attachments that are objects, and bodies', async () => {
    const object = property(0x3701, 0x0d, Buffer.concat([Buffer.alloc(16), EICAR]));
    const bytes = tnef(
      attribute(1, 0x69003, Buffer.concat([number(2), property(0x1013, 0x102, EICAR), property(0x1000, 0x1e, EICAR)])),
      begins,
      attribute(2, 0x69005, Buffer.concat([number(1), object])),
    );
    expect(await eicarIn(bytes)).toEqual({ eicar: ['body.html', 'body.txt', 'attachment'], coverage: 'complete' });
  });

  it('that is cut off or changed is never clean', async () => {
    const whole = tnef(begins, attribute(2, 0x6800f, EICAR));
    expect((await scanArchive(whole.subarray(0, -5))).coverage).toBe('partial');
    expect((await scanArchive(Buffer.from(whole).fill('y', 50, 51))).coverage).toBe('partial');
    const properties = attribute(2, 0x69005, Buffer.concat([number(0xffffffff), property(1, 1, Buffer.alloc(4))]));
    expect((await scanArchive(tnef(begins, properties))).coverage).toBe('partial');
  });
});
