import type { Content } from './content';
import type { Target } from './target';

const LINE_END = '\r\n';
const headOf = (lines: readonly string[]) => `${lines.join(LINE_END)}${LINE_END}${LINE_END}`;

/** Asks for the options of a service (RFC 3507 section 4.10), and for nothing else on this connection. */
export function optionsRequest({ uri, authority }: Target): string {
  return headOf([
    `OPTIONS ${uri} ICAP/1.0`,
    `Host: ${authority}`,
    'Allow: 204',
    'Connection: close',
    'Encapsulated: null-body=0',
  ]);
}

/**
 * What comes before the bytes of a file (RFC 3507 section 4.9): they are the body of an HTTP answer of which nothing is
 * told but the name under which the server's log has them.
 */
export function respmodRequest(
  { uri, authority }: Target,
  { name, size }: Content,
  previewBytes: number | null,
): string {
  const asked = headOf([`GET http://dropgate.invalid/${name} HTTP/1.1`, 'Host: dropgate.invalid']);
  const answered = headOf(['HTTP/1.1 200 OK', 'Content-Type: application/octet-stream', `Content-Length: ${size}`]);
  const icap = headOf([
    `RESPMOD ${uri} ICAP/1.0`,
    `Host: ${authority}`,
    'Allow: 204',
    ...(previewBytes === null ? [] : [`Preview: ${previewBytes}`]),
    `Encapsulated: req-hdr=0, res-hdr=${asked.length}, res-body=${asked.length + answered.length}`,
  ]);
  return `${icap}${asked}${answered}`;
}
