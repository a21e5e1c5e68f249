/** Bytes that no text has: C0 controls but tab, line feed, form feed, carriage return, escape; and DEL. */
const BINARY = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/;

/** The head as text when it is nothing but text (UTF-8, or UTF-16 with its mark), else null. A character cut at the end is no matter. */
export function asText(head: Buffer): string | null {
  const bom = head.length >= 2 ? head.readUInt16BE(0) : 0;
  const encoding = bom === 0xfffe ? 'utf-16le' : bom === 0xfeff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    return BINARY.test(text) ? null : text;
  } catch {
    return null; // not of this encoding: no text as far as these rules go
  }
}

/** Whether the head may be a text of an old 8-bit encoding: no byte in it is a control that texts do not have. */
export function isTextual(head: Buffer): boolean {
  return !BINARY.test(head.toString('latin1'));
}

/** Interpreter of a `#!` line -> type, in libmagic's words. */
const INTERPRETERS: readonly (readonly [RegExp, string])[] = [
  [/^(ba|da|k|z|tc|c|a|fi)?sh$/, 'text/x-shellscript'],
  [/^python[\d.]*$|^pypy[\d.]*$/, 'text/x-script.python'],
  [/^perl[\d.]*$/, 'text/x-perl'],
  [/^php[\d.]*$/, 'text/x-php'],
  [/^ruby[\d.]*$/, 'text/x-ruby'],
  [/^(nodejs|node|deno|bun)$/, 'text/javascript'],
  [/^[gmn]?awk$/, 'text/x-awk'],
  [/^(tclsh|wish)[\d.]*$/, 'text/x-tcl'],
  [/^lua[\d.]*$/, 'text/x-lua'],
  [/^(pwsh|powershell)$/, 'text/x-powershell'],
];

/** Type of a script by its first line; any other interpreter is a script all the same. Null without `#!`. */
function shebang(text: string): string | null {
  const line = /^#![ \t]*([^\r\n]{1,200})/.exec(text)?.[1];
  if (line === undefined) return null;
  const words = line.split(/[ \t]+/).map((word) => word.slice(word.lastIndexOf('/') + 1));
  const program =
    words[0] === 'env' ? words.slice(1).find((word) => !word.startsWith('-') && !word.includes('=')) : words[0];
  if (program === undefined || !/^[\w.+-]+$/.test(program) || !line.startsWith('/')) return null;
  return INTERPRETERS.find(([name]) => name.test(program))?.[1] ?? 'text/x-script';
}

/** The line between a person's prose and a message: header names that only mail has, of which one must be there. */
const MAIL_HEADER = /^(received|return-path|message-id|mime-version|delivered-to|from|x-mailer|dkim-signature):/im;
const ANY_HEADER =
  /^(received|return-path|message-id|mime-version|delivered-to|from|to|cc|subject|date|reply-to|sender|content-type|dkim-signature|arc-[\w-]+|x-[\w-]+):/gim;

/** message/rfc822 or application/mbox when the text starts with a block of mail headers (RFC 5322), else null. */
function mail(text: string): string | null {
  const isMbox = /^From [^\r\n]{3,200}\d{4}[^\r\n]*\r?\n/.exec(text);
  const body = isMbox === null ? text : text.slice(isMbox[0].length);
  const block = /^(?:[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|$))+/.exec(body)?.[0] ?? '';
  const known = new Set([...block.matchAll(ANY_HEADER)].map(([name]) => name.toLowerCase()));
  if (known.size < 2 || !MAIL_HEADER.test(block)) return null;
  return isMbox === null ? 'message/rfc822' : 'application/mbox';
}

function markup(text: string): string | null {
  const start = text.replace(/^\ufeff?\s+/, '');
  if (/^<\?php\b|^<\?=/i.test(start)) return 'text/x-php';
  const inside = start.replace(/^(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*/i, '');
  if (/^(<!doctype svg|<svg[\s>])/i.test(inside)) return 'image/svg+xml';
  if (/^(<!doctype html|<(html|head|body|script|title|iframe)[\s>])/i.test(inside)) return 'text/html';
  return /^<\?xml\s/i.test(start) ? 'text/xml' : null;
}

/** A whole JSON document, or the beginning of one: an object that opens with a key, an array that opens with a value. */
function json(text: string): string | null {
  return /^\s*(\{\s*("(?:[^"\\\r\n]|\\.)*"\s*:|\}\s*$)|\[\s*(\{\s*"|\[|"(?:[^"\\\r\n]|\\.)*"\s*[,\]]|-?\d[\d.eE+-]*\s*[,\]]|true|false|null|\]\s*$))/.test(
    text,
  )
    ? 'application/json'
    : null;
}

/** Lines that all have the same number of the same separator: two with two of them, or three with one. */
function separated(text: string): string | null {
  const lines = text.split(/\r?\n/).slice(0, 12);
  if (lines.length > 2) lines.pop(); // may be cut, or empty
  const rows = lines.filter((line) => line !== '').map((line) => line.replaceAll(/"[^"]*"/g, ''));
  for (const [separator, mime] of [
    [',', 'text/csv'],
    [';', 'text/csv'],
    ['\t', 'text/tab-separated-values'],
  ] as const) {
    const counts = new Set(rows.map((row) => row.split(separator).length - 1));
    const [count = 0] = counts;
    if (counts.size === 1 && count >= 1 && rows.length >= (count >= 2 ? 2 : 3)) return mime;
  }
  return null;
}

/** What a text is by rules that need no libmagic; null when none fits. */
export function textRule(text: string): string | null {
  return shebang(text) ?? windowsText(text) ?? markup(text) ?? json(text) ?? mail(text) ?? separated(text);
}

/** Texts that Windows and desktops act on when they are opened, by what each cannot do without. */
const WINDOWS_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^\s*@echo\s+off\b/i, 'text/x-msdos-batch'],
  [/^\s*(?:<#[\s\S]*?#>\s*)?(?:#requires\s+-|\[cmdletbinding\()/i, 'text/x-powershell'],
  [/^\s*\[InternetShortcut\]/i, 'application/x-mswinurl'],
  [/^(?:\s*#[^\n]*\n)*\s*\[Desktop Entry\]/, 'application/x-desktop'],
  [/^\s*(?:Windows Registry Editor Version 5|REGEDIT4)/, 'text/x-ms-regedit'],
  [/^\s*<html[\s\S]*?<hta:application\b|^\s*<hta:application\b/i, 'application/hta'],
  [/^\s*(?:<\?xml[^>]*>\s*)?<(?:package|job)\b[^>]*>[\s\S]*?<script\b[^>]*language/i, 'text/x-wsf'],
  [/^[ \t]*(?:var\s+\w+\s*=\s*)?new ActiveXObject\(|^[ \t]*WScript\.\w+\([^\n]*;\s*$/m, 'text/x-jscript'],
  [/^[ \t]*set\s+\w+\s*=\s*(?:wscript\.)?(?:createobject|getobject)\s*\(/im, 'text/vbscript'],
];

function windowsText(text: string): string | null {
  const start = text.replace(/^\ufeff/, '');
  return WINDOWS_TEXTS.find(([sign]) => sign.test(start))?.[1] ?? null;
}

/** Words and marks that program texts have and letters and logs mostly have not: only then is libmagic worth its millisecond. */
const CODE =
  /[{};]\s*$|^\s*(#include|import|from \w+ import|def|class|function|package|use|var|let|const|public|static|sub|dim|rem|set|BEGIN|%!|\\documentclass|diff --git|---|\/\*|\/\/)/im;

/** Whether libmagic may know more of a text than that it is one. */
export function mayBeCode(text: string): boolean {
  return CODE.test(text);
}
