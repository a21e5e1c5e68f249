import type { Socket } from 'node:net';

/** A longer line is not one of ours: characters. */
const LONGEST_LINE = 64 * 1024 * 1024;

/**
 * Hands over every whole line that comes in, without its `\n`, and ends a connection whose line has no end. Only `\n`
 * ends a line: readline also breaks at U+2028 and U+2029, which JSON leaves as they are inside a text.
 */
export function readLines(socket: Socket, onLine: (line: string) => void): void {
  socket.setEncoding('utf8');
  let pieces: string[] = [];
  let length = 0;
  socket.on('data', (text: string) => {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      pieces.push(text.slice(start, end));
      onLine(pieces.join(''));
      pieces = [];
      length = 0;
      start = end + 1;
    }
    pieces.push(text.slice(start));
    length += text.length - start;
    if (length > LONGEST_LINE) socket.destroy();
  });
}
