import type { FileWindow } from '../file-window';
import { dataAddresses } from './data-address';
import { pageText } from './page-text';

/** How far from the start readers of PDF still take its header. */
const PDF_HEAD = 1024;
/** Readers that mend a PDF do without its header: by its end, or by its first object. */
const PDF_TAIL = 2048;
const PDF_END = /startxref|%%EOF/;
const PDF_OBJECT = /\d\s+\d+\s+obj\s*<</;
/** Elements that pages begin with, whatever they call themselves. */
const ELEMENT =
  /<(?:!doctype html|html|head|body|script|svg|a|iframe|embed|object|img|meta|div|form|table|style|title)\b/i;
/** Documents of Word and LibreOffice in one XML file, whose parts stand in it as base64. */
const FLAT_DOCUMENT = /<(?:pkg:package|office:document|w:worddocument|\?mso-application)\b/i;
const HTML_PIECE = 256 * 1024;
/** Shortest run of base64 that is looked at; pieces of a page are read with so much overlap. */
const LEAST_BASE64 = 1024;
const BASE64 = /[A-Za-z0-9+/]{1024}|(?:[A-Za-z0-9+/]{40,}[\r\n\t]+){8}/;

/** Fields without which a mail has nothing but text; a header that holds one is read even where its first line is none. */
const MIME_FIELD = /^(mime-version|content-type|content-transfer-encoding)[ \t]*:/im;
/** Fields that hardly anything but mail begins with. */
const MAIL_FIELD = /^(received|message-id|return-path|delivered-to|x-mailer)[ \t]*:/im;
const FIELD = /^[!-9;-~]+[ \t]*:/;
/** How much of a mail's header is looked at. */
const MAIL_HEAD = 64 * 1024;
/** And of one that looks like a mail's to there, as far as the reader of mails goes. */
const LONGEST_MAIL_HEAD = 1024 * 1024;
const HEADER_END = /\r?\n\r?\n/;
/** How translations of programs begin (GNU gettext): the first of them is a header much like that of a mail. */
const MESSAGE_CATALOGUE = /^(\xde\x12\x04\x95|\x95\x04\x12\xde)/;
/** The first line of a uuencoded file, and what its second one begins with; as far from the start as bsdtar looks. */
const UUENCODED = /(?:^|[\r\n])begin(?:-base64)? [0-7]{3,4} [^\r\n]+\r?\n[!-z]{2}/;
const UUENCODED_HEAD = 128 * 1024;
/** OpenPGP (RFC 4880 5.1 and 5.3): a session's key, packed by a public key or a password, begins what is encrypted. */
const PGP = /^(?:\x84.|\x85..|\xc1[^\xff]{1,2})\x03.{8}[\x01\x10\x12]|^(?:\x8c|\xc3).\x04[\x01-\x0d][\0\x01\x03]/s;
/** Cryptographic Message Syntax (RFC 5652 5.1 and 6.1) in DER or BER: encrypted, or signed with the content in it (without, that field is 11 bytes long). */
const CMS =
  /^\x30.{1,5}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07(?:\x03|\x02.{0,300}?(?<!(?<!\x30(?:\x82|\x83.|\x84..))\x30\x0b)\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0)/s;
/** The same as text (RFC 7468 8 and 9), also behind words for people. */
const ARMOURED_CMS = /^-----BEGIN (?:CMS|PKCS7|PKCS #7 SIGNED DATA)-----\r?\n([\w+/=\s]+)/m;
const MAILBOX = /^From \S+.*\d{2}:\d{2}/;

/** What a document that carries other files is by its start, in the words of container-kinds.ts; null when it is none. */
export async function findDocument(window: FileWindow, head: Buffer, mime: string): Promise<string | null> {
  const text = head.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  if (await isPdf(window, text)) return 'PDF document';
  if (/^\s*\{\\rt/.test(text)) return 'RTF document';
  const mail = await findMail(window, text);
  if (mail !== null) return mail;
  if (/^\s*-----BEGIN PGP MESSAGE-----/.test(text)) return 'PGP message';
  if (PGP.test(text)) return 'PGP message';
  if (isCms(text)) return 'signed or encrypted message (CMS)';
  const page = pageText(head, head);
  const isPage = FLAT_DOCUMENT.test(page) || mime.includes('html') || mime.includes('svg') || ELEMENT.test(page);
  const files = isPage ? await embedding(window, head) : null;
  if (files !== null) return files;
  return mime.startsWith('text/') && (await holdsUuencoded(window)) ? 'text with uuencoded files' : null;
}

function isCms(text: string): boolean {
  const armoured = ARMOURED_CMS.exec(text)?.[1];
  return CMS.test(armoured === undefined ? text : Buffer.from(armoured, 'base64').toString('latin1'));
}

async function isPdf(window: FileWindow, text: string): Promise<boolean> {
  if (text.slice(0, PDF_HEAD).includes('%PDF-') || PDF_OBJECT.test(text)) return true;
  return PDF_END.test((await window.read(Math.max(0, window.size - PDF_TAIL), PDF_TAIL)).toString('latin1'));
}

/** `text`: the start of the file, which mostly holds the end of the header if there is one. */
async function findMail(window: FileWindow, text: string): Promise<string | null> {
  if (MESSAGE_CATALOGUE.test(text)) return null;
  const short = text.replace(/^[\r\n]*/, '');
  const start = HEADER_END.test(short) ? short : await longStart(window);
  if (!isMail(start.replace(/^From .*\r?\n/, ''))) return null;
  return MAILBOX.test(start) ? 'mailbox' : 'mail message';
}

async function longStart(window: FileWindow): Promise<string> {
  const start = (await window.read(0, MAIL_HEAD)).toString('latin1').trimStart();
  if (HEADER_END.test(start) || !FIELD.test(start)) return start;
  return (await window.read(0, LONGEST_MAIL_HEAD)).toString('latin1').trimStart();
}

function isMail(text: string): boolean {
  const end = text.search(HEADER_END);
  const header = end < 0 ? text : text.slice(0, end);
  if (MIME_FIELD.test(header)) return true;
  if (!FIELD.test(header)) return false;
  return MAIL_FIELD.test(header) || (/^from:/im.test(header) && /^(to|subject|date):/im.test(header));
}

async function holdsUuencoded(window: FileWindow): Promise<boolean> {
  return UUENCODED.test((await window.read(0, UUENCODED_HEAD)).toString('latin1'));
}

/** A page that holds an address with data in it, or a long run of base64. */
async function embedding(window: FileWindow, head: Buffer): Promise<string | null> {
  for (let at = 0; at < window.size; at += HTML_PIECE - LEAST_BASE64) {
    const piece = pageText(await window.read(at, HTML_PIECE), head);
    if (BASE64.test(piece) || !dataAddresses(piece).next().done) return 'page with files in it';
  }
  return null;
}
