import { burn } from '@kenjiuno/msgreader/lib/Burner';
import { describe, expect, it } from 'vitest';
import { unpackRtf } from '../../../../../src-main/probes/archive/documents/compressed-rtf';
import { listModules, unpackVba } from '../../../../../src-main/probes/archive/documents/vba';
import { EICAR } from '../../../../support/temp-folder';
import { scanArchive } from '../support';
import { compound, eicarIn } from './make';

const LONG = Buffer.alloc(9000, 'long ');

function record(id: number, data: Buffer | string): Buffer {
  const bytes = Buffer.from(data);
  const head = Buffer.alloc(6);
  head.writeUInt16LE(id);
  head.writeUInt32LE(bytes.length, 2);
  return Buffer.concat([head, bytes]);
}

/** A compressed container of literals only ([MS-OVBA] 2.4.1.1). */
function packed(text: Buffer): Buffer {
  const chunks: Buffer[] = [Buffer.of(1)];
  for (let at = 0; at < text.length; at += 3600) {
    const body: Buffer[] = [];
    const part = text.subarray(at, at + 3600);
    for (let eight = 0; eight < part.length; eight += 8) body.push(Buffer.of(0), part.subarray(eight, eight + 8));
    const content = Buffer.concat(body);
    const head = Buffer.alloc(2);
    head.writeUInt16LE(0xb000 | (content.length - 1));
    chunks.push(head, content);
  }
  return Buffer.concat(chunks);
}

function macroProject(source: Buffer, changes: { dir?: Buffer; stream?: Buffer } = {}): Record<string, Buffer> {
  const offset = Buffer.alloc(4);
  offset.writeUInt32LE(9);
  const version = Buffer.from('090004000000010000000200', 'hex');
  const dir = Buffer.concat([
    record(1, Buffer.of(1, 0, 0, 0)),
    version,
    record(0x19, 'Modul'),
    record(0x1a, 'ModStream'),
    record(0x32, Buffer.from('ModStream', 'utf16le')),
    record(0x31, offset),
    record(0x2b, ''),
    record(0x10, ''),
  ]);
  return {
    'Macros/VBA/dir': changes.dir ?? packed(dir),
    'Macros/VBA/ModStream': changes.stream ?? Buffer.concat([Buffer.alloc(9, 0xff), packed(source)]),
  };
}

/** An Ole10Native stream as Windows' packager makes it. */
function native(name: string, content: Buffer): Buffer {
  const head = Buffer.concat([Buffer.of(2, 0), Buffer.from(`${name}\0C:\\temp\\${name}\0`), Buffer.of(0, 0, 3, 0)]);
  const command = Buffer.from(`C:\\temp\\${name}\0`);
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32LE(command.length);
  numbers.writeUInt32LE(content.length, 4);
  const rest = Buffer.concat([head, numbers.subarray(0, 4), command, numbers.subarray(4), content]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(rest.length);
  return Buffer.concat([size, rest]);
}

describe('a compound file', () => {
  it('gives its streams, small and large, by path', async () => {
    const { coverage, children, report } = await scanArchive(compound({ 'a/b/c': EICAR, large: LONG, '../up': 'x' }));
    expect(coverage).toBe('complete');
    expect(Object.fromEntries(children.map(({ name, bytes }) => [name, bytes.toString()]))).toMatchObject({
      'a/b/c': EICAR.toString(),
      large: LONG.toString(),
    });
    expect(report.findings).toEqual([]);
  });

  it('that another writer made gives its streams', async () => {
    const names = ['__attach_version1.0_#00000000', '__substg1.0_37010102', 'large'];
    const contents = [Buffer.alloc(0), EICAR, LONG];
    const entry = (type: number, number: number, children: number[]) => ({
      name: number < 0 ? 'Root Entry' : (names[number] ?? ''),
      type,
      children,
      length: contents[number]?.length ?? 0,
      binaryProvider: () => Uint8Array.from(contents[number] ?? []),
    });
    const made = burn([entry(5, -1, [1, 3]), entry(1, 0, [2]), entry(2, 1, []), entry(2, 2, [])]);
    const { children, coverage } = await scanArchive(made);
    expect([coverage, children.map(({ name }) => name).sort()]).toEqual([
      'complete',
      ['__attach_version1.0_#00000000/__substg1.0_37010102', 'attachment-00000000', 'large'],
    ]);
    expect(children.filter(({ bytes }) => bytes.equals(EICAR))).toHaveLength(2);
  });

  it('of an installer gives its streams by their true names', async () => {
    const { children } = await scanArchive(compound({ '\u4840\u3f3f\u4577\u446c\u3e6a\u44b2\u482f': 'table', b: 'x' }));
    expect(children.map(({ name }) => name)).toContain('!_StringPool');
  });

  it('gives what was put behind it', async () => {
    const plain = compound({ a: 'x', large: LONG });
    const behind = await scanArchive(Buffer.concat([plain, EICAR]));
    expect(behind.children.find(({ name }) => name === 'behind-the-streams')?.bytes.includes(EICAR)).toBe(true);
  });

  it.each<[string, (file: Buffer) => Buffer]>([
    ['cut in the middle', (file) => file.subarray(0, file.length / 2)],
    ['cut to its header', (file) => file.subarray(0, 600)],
    ['with a chain in a circle', (file) => change(file, 512, 0)],
    ['with a chain that leads out', (file) => change(file, 512, 0x7fffffff)],
    ['with sectors of no known size', (file) => change(file, 28, 0x63)],
  ])('%s is never clean', async (_what, damage) => {
    const { coverage, found } = await scanArchive(damage(compound({ large: LONG, more: LONG })));
    expect([coverage, found]).toEqual(['partial', ['archive-damaged:info']]);
  });
});

function change(file: Buffer, at: number, value: number): Buffer {
  const changed = Buffer.from(file);
  for (let place = at; place < at + 512 && at === 512; place += 4) changed.writeUInt32LE(value, place);
  changed.writeUInt32LE(value, at);
  return changed;
}

describe('documents in compound files', () => {
  it('macros are members with their source', async () => {
    const source = Buffer.from(`Attribute VB_Name = "Modul"\r\nSub AutoOpen()\r\n${'x = 1\r\n'.repeat(900)}End Sub`);
    const { coverage, children } = await scanArchive(compound(macroProject(source)));
    expect(coverage).toBe('complete');
    expect(children.find(({ name }) => name === 'Modul.bas')?.bytes.toString()).toBe(source.toString());
  });

  it('macros are found where their directory is damaged, and the file is not clean', async () => {
    const source = Buffer.from('Attribute VB_Name = "Modul"\r\nSub AutoOpen()');
    const { coverage, children } = await scanArchive(compound(macroProject(source, { dir: Buffer.from('??') })));
    expect(coverage).toBe('partial');
    expect(children.find(({ name }) => name === 'ModStream.bas')?.bytes.toString()).toBe(source.toString());
  });

  it.each<[string, string, string]>([
    ['without a storage', 'dir', 'ModStream'],
    ['in a storage of another name', 'Word/Extra/dir', 'Word/Extra/ModStream'],
    ['apart from their directory', 'Macros/dir', 'Elsewhere/modstream'],
  ])('macros %s are members with their source', async (_where, dirPath, streamPath) => {
    const source = Buffer.from('Sub AutoOpen()\r\nEnd Sub');
    const { 'Macros/VBA/dir': dir = '', 'Macros/VBA/ModStream': stream = '' } = macroProject(source);
    const { coverage, children } = await scanArchive(compound({ [dirPath]: dir, [streamPath]: stream }));
    expect(coverage).toBe('complete');
    expect(children.find(({ name }) => name === 'Modul.bas')?.bytes.toString()).toBe(source.toString());
  });

  it('macros whose streams go on behind their end are members, and the file is not clean', async () => {
    const { 'Macros/VBA/dir': dir = '', 'Macros/VBA/ModStream': stream = '' } = macroProject(
      Buffer.from('Sub AutoOpen()'),
    );
    const padded = {
      dir: Buffer.concat([Buffer.from(dir), LONG]),
      ModStream: Buffer.concat([Buffer.from(stream), LONG]),
    };
    const { coverage, children } = await scanArchive(compound(padded));
    expect(coverage).toBe('partial');
    expect(children.find(({ name }) => name === 'Modul.bas')?.bytes.toString('latin1', 0, 14)).toBe('Sub AutoOpen()');
  });

  it('a stream that only has the name of a directory of macros is a stream', async () => {
    const { coverage, children } = await scanArchive(compound({ dir: Buffer.from('a list of files'), other: LONG }));
    expect([coverage, children.filter(({ name }) => name.endsWith('.bas'))]).toEqual(['complete', []]);
  });

  it('a macro whose source is damaged is never clean', async () => {
    const { coverage } = await scanArchive(compound(macroProject(EICAR, { stream: Buffer.alloc(40, 7) })));
    expect(coverage).toBe('partial');
  });

  it('packaged files are members under their name', async () => {
    const file = compound({ 'ObjectPool/_1/\u0001Ole10Native': native('a.com', EICAR) });
    expect(await eicarIn(file)).toEqual({ eicar: ['a.com'], coverage: 'complete' });
  });

  it.each<[string, Record<string, Buffer>]>([
    ['of new Office', { EncryptedPackage: LONG, EncryptionInfo: Buffer.of(4, 0, 4, 0) }],
    ['workbooks', { Workbook: Buffer.from('0908100000060500bb0dcc0700000000060000002f000600010001000100', 'hex') }],
    ['texts', { WordDocument: Buffer.from('eca5c1000000000000000001', 'hex') }],
    ['presentations', { 'Current User': Buffer.from('0000f60f1c00000014000000dfc4d1f3', 'hex') }],
  ])('encrypted %s are found', async (_what, streams) => {
    const { coverage, found } = await scanArchive(compound(streams));
    expect([coverage, found]).toEqual(['encrypted', ['encrypted-member:info']]);
  });

  it('an Outlook item gives attachments by name, its text and its formatted text', async () => {
    const attachment = '__attach_version1.0_#00000000';
    const { children, coverage } = await scanArchive(
      compound({
        '__substg1.0_1000001F': Buffer.from('the text', 'utf16le'),
        '__substg1.0_10090102': RTF_EXAMPLE,
        [`${attachment}/__substg1.0_37010102`]: EICAR,
        [`${attachment}/__substg1.0_3707001F`]: Buffer.from('Rechnung ä.com', 'utf16le'),
      }),
    );
    expect(coverage).toBe('complete');
    const byName = new Map(children.map(({ name, bytes }) => [name, bytes.toString()]));
    expect(byName.get('Rechnung ä.com')).toBe(EICAR.toString());
    expect(byName.get('body.txt')).toBe('the text');
    expect(byName.get('body.rtf')).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
  });
});

/** [MS-OXRTFCP] 3.1. */
const RTF_EXAMPLE = Buffer.from(
  '2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232' + '0af32068656c0900206277' + '05b06c647d0a800fa0',
  'hex',
);

describe('what is written in the formats of Microsoft', () => {
  it.each([
    ['0119b000616263646566676800696a6b6c6d6e6f70007172737475762e', 'abcdefghijklmnopqrstuv.'],
    [
      '012fb00023616161626364658266007061676869' +
        '6a013808616b6c00306d6e6f7006710270041072737475761077' +
        '78797a003c',
      '#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa',
    ],
    ['0103b002614500', 'a'.repeat(73)],
  ])('compressed source as in the examples of [MS-OVBA] 3.2', (hex, text) => {
    expect(unpackVba(Buffer.from(hex, 'hex'))).toEqual({ bytes: Buffer.from(text), whole: true });
  });

  it('source that says more than there is, is not whole', () => {
    expect(unpackVba(Buffer.from('0119b00061', 'hex')).whole).toBe(false);
    expect(unpackVba(Buffer.from('0103b001004500', 'hex')).whole).toBe(false);
    expect(listModules(Buffer.from('190005000000', 'hex'))).toBeNull();
  });

  it('formatted text as in the examples of [MS-OXRTFCP] 3', () => {
    expect(unpackRtf(RTF_EXAMPLE)?.toString()).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
    expect(unpackRtf(RTF_EXAMPLE.subarray(0, 30))).toBeNull();
  });
});
