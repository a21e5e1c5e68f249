import { unpackRtf } from './compressed-rtf';
import { type DocumentParser, damaged, fileNameOf, member, type Piece } from './pieces';
import { type Property, readProperties } from './tnef-properties';

/** Attributes of [MS-OXTNEF] 2.1.3.3, by their lower 16 bits. */
const ATTACHMENT_BEGINS = 0x9002;
const ATTACHMENT_TITLE = 0x8010;
const ATTACHMENT_DATA = 0x800f;
const ATTACHMENT_PROPERTIES = 0x9005;
const MESSAGE_PROPERTIES = 0x9003;
const BODY = 0x800c;

/** Properties of [MS-OXPROPS]. */
const LONG_NAME = 0x3707;
const SHORT_NAME = 0x3704;
const DATA = 0x3701;
const RTF = 0x1009;
const HTML = 0x1013;
const TEXT = 0x1000;

const OBJECT_TYPE = 0x000d;
/** What comes before an object's bytes: the interface that reads it. */
const INTERFACE_BYTES = 16;
const HEADER = 6;

interface Attachment {
  title: string;
  name: string;
  readonly contents: Buffer[];
}

/** Attachments and bodies of a TNEF stream (winmail.dat, [MS-OXTNEF]). */
export const tnefMembers: DocumentParser = function* (bytes) {
  let attachment: Attachment | null = null;
  let at = HEADER;
  for (; at + 9 <= bytes.length; ) {
    const id = bytes.readUInt16LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const data = bytes.subarray(at + 9, at + 9 + length);
    const sum = at + 9 + length + 2 <= bytes.length ? bytes.readUInt16LE(at + 9 + length) : null;
    if (sum === null || data.length < length) break;
    if (sum !== checksum(data)) yield damaged('the checksum of one of its attributes is wrong');
    if (id === ATTACHMENT_BEGINS) {
      yield* members(attachment);
      attachment = { title: '', name: '', contents: [] };
    } else if (id === BODY) yield member('body.txt', data);
    else if (id === MESSAGE_PROPERTIES) yield* message(data);
    else if (id === ATTACHMENT_PROPERTIES || id === ATTACHMENT_DATA || id === ATTACHMENT_TITLE) {
      attachment ??= { title: '', name: '', contents: [] };
      yield* attach(attachment, id, data);
    }
    at += 9 + length + 2;
  }
  yield* members(attachment);
  if (at !== bytes.length) yield damaged('it is cut off');
};

function* attach(attachment: Attachment, id: number, data: Buffer): Generator<Piece> {
  if (id === ATTACHMENT_TITLE) attachment.title = data.toString('latin1').replace(/\0+$/, '');
  else if (id === ATTACHMENT_DATA) attachment.contents.push(data);
  else {
    const { properties, whole } = readProperties(data);
    if (!whole) yield damaged('the properties of an attachment cannot be read');
    attachment.name = textOf(properties, LONG_NAME) || textOf(properties, SHORT_NAME);
    for (const { id: property, type, value } of properties) {
      if (property !== DATA) continue;
      attachment.contents.push(type === OBJECT_TYPE ? value.subarray(INTERFACE_BYTES) : value);
    }
  }
}

function* members(attachment: Attachment | null): Generator<Piece> {
  if (attachment === null) return;
  const name = fileNameOf(attachment.name || attachment.title) || 'attachment';
  for (const content of attachment.contents) yield member(name, content);
}

function* message(data: Buffer): Generator<Piece> {
  const { properties, whole } = readProperties(data);
  if (!whole) yield damaged('its properties cannot be read');
  for (const { id, value } of properties) {
    if (id === HTML) yield member('body.html', value);
    if (id === TEXT) yield member('body.txt', value);
    if (id === RTF) {
      const text = unpackRtf(value);
      yield text === null ? damaged('its formatted text cannot be unpacked') : member('body.rtf', text);
    }
  }
}

function textOf(properties: readonly Property[], id: number): string {
  const found = properties.find((property) => property.id === id);
  if (found === undefined) return '';
  return found.value.toString(found.isUnicode ? 'utf16le' : 'latin1').replace(/\0+$/, '');
}

function checksum(data: Buffer): number {
  let sum = 0;
  for (const byte of data) sum = (sum + byte) & 0xffff;
  return sum;
}
