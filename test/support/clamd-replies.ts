import type { Script } from './scripted-clamd';

/** Texts after `<id>: ` that are no answer about the file. `@` stands for its path. */
export const BAD_TEXTS = [
  '',
  ' ',
  'OK',
  ': OK',
  '@',
  '@:',
  '@: ',
  '@:OK',
  '@ OK',
  '@: ok',
  '@: OK ',
  '@:  OK',
  '@: OK\n',
  '@: OK\r\n',
  '@: OK: OK',
  '@: OKAY',
  '@: NOT OK',
  '@: FOUND',
  '@:  FOUND',
  '@: found',
  '@: Eicar FOUND ',
  '@: Eicar FOUND\n@: OK',
  '@: Empty file',
  '@: Excluded (another rule)',
  '@: Symbolic link',
  '@: Not a regular file',
  '@: Time limit reached ERROR',
  "@: Can't allocate memory ERROR",
  '@: Malformed database ERROR',
  '@: ERROR',
  'x@: OK',
  '/another/path: OK',
  '/another/path: Eicar FOUND',
  '@x: OK',
  'stream: OK',
  'PONG',
  'ClamAV 1.4.6',
  'UNKNOWN COMMAND',
  'COMMAND READ TIMED OUT',
  'RELOADING',
  '\x01\x02\x03',
  '\xff\xfe: OK',
];

/** Whole bytes of a reply; `@` the path, `#` the right id. None of them is an answer. */
export const BAD_BYTES = [
  '\0',
  '\0\0\0\0',
  'OK\0',
  '@: OK\0',
  ': @: OK\0',
  '0: @: OK\0',
  '-1: @: OK\0',
  '+#: @: OK\0',
  '0#: @: OK\0',
  '#.0: @: OK\0',
  '#e0: @: OK\0',
  '0x#: @: OK\0',
  ' #: @: OK\0',
  '# : @: OK\0',
  '999: @: OK\0',
  '99999999999999999999: @: OK\0',
  'NaN: @: OK\0',
  '#: @: OK',
  '#: @: O',
  '#: @: OK\n',
  '#:@: OK\0',
  '#; @: OK\0',
  'COMMAND READ TIMED OUT#: @: OK\0',
  'COMMAND READ TIMED OUT\n#: @: OK\0',
  'COMMAND READ TIMED OUT\n',
  `#: @: ${'A'.repeat(40_000)}\0`,
  `#: @: ${'A'.repeat(40_000)}`,
  `#: @: ${'A'.repeat(40_000)} FOUND\0`,
  'HTTP/1.1 200 OK\r\n\r\n',
  '220 mail ready\r\n\0',
];

/** A reply with the path and the id that it is about. */
export const fill = (text: string, id: number, path: string) => text.replaceAll('@', path).replaceAll('#', String(id));

/** Sends these bytes (latin1), filled, and closes. */
export const bytesThenClose =
  (text: string): Script =>
  (socket, id, path) =>
    socket.end(Buffer.from(fill(text, id, path), 'latin1'));
