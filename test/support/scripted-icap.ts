import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { listen } from './listen';
import { EICAR } from './temp-folder';

/** A request as a server saw it. */
export interface Asked {
  /** Its own head, as text. */
  readonly head: string;
  /** The HTTP heads that it carries. */
  readonly http: string;
  /** The body's content, without chunks, as far as it came before its (or the preview's) end. */
  readonly body: Buffer;
  /** What ended the body: `0`, or `0; ieof` where a preview held all of it. */
  readonly end: string;
}

/** What the server does with a file once it has the end of its body (or of a preview of it), `asked` counting from 1. */
export type Script = (socket: Socket, request: Asked, asked: number) => void;

export interface ScriptedIcap {
  readonly url: string;
  /** Connections that were made for files. */
  readonly connections: () => number;
  /** Connections for files that are open now. */
  readonly open: () => number;
}

export interface ScriptOptions {
  /** The whole answer to OPTIONS; null: the connection is closed. A good one of `options()` when left out. */
  readonly options?: (asked: number) => string | null;
  /** Called as soon as the heads of a request for a file are there. */
  readonly onHead?: (socket: Socket, http: string) => void;
  /** False: the test files of the probe, which are found otherwise, go by the script too. */
  readonly findsTestFiles?: boolean;
  readonly tls?: { readonly key: Buffer; readonly cert: Buffer };
}

/** An answer to OPTIONS of a good server; `lines` come on top. */
export function options(...lines: string[]): string {
  const usual = [
    'Methods: RESPMOD',
    'Service: Scripted AV 1',
    'ISTag: "tag-1"',
    'Allow: 204',
    'Encapsulated: null-body=0',
  ];
  return `ICAP/1.0 200 OK\r\n${[...lines, ...usual].join('\r\n')}\r\n\r\n`;
}

/** The answer that nothing need be changed. */
export const NOTHING = 'ICAP/1.0 204 No Content\r\nISTag: "tag-1"\r\nEncapsulated: null-body=0\r\n\r\n';

/** The answer that there is malware in it. */
export const INFECTED =
  'ICAP/1.0 403 Forbidden\r\nISTag: "tag-1"\r\nX-Infection-Found: Type=0; Resolution=2; Threat=Eicar-Test;\r\n\r\n';

/** Finds EICAR wherever it stands, and nothing else. */
export const findsEicar: Script = (socket, { body }) => socket.write(body.includes(EICAR) ? INFECTED : NOTHING);

/** An answer 200 that carries an HTTP answer. */
export function returned(body: Buffer | string, http = 'HTTP/1.1 200 OK', ...lines: string[]): Buffer {
  const head = `${http}\r\nContent-Type: text/plain\r\n\r\n`;
  const bytes = Buffer.from(body);
  const icap = ['ICAP/1.0 200 OK', 'ISTag: "tag-1"', ...lines, `Encapsulated: res-hdr=0, res-body=${head.length}`];
  const chunk = bytes.length === 0 ? '' : `${bytes.length.toString(16)}\r\n`;
  return Buffer.concat([
    Buffer.from(`${icap.join('\r\n')}\r\n\r\n${head}${chunk}`, 'latin1'),
    bytes,
    Buffer.from(`${chunk === '' ? '' : '\r\n'}0\r\n\r\n`),
  ]);
}

/** Reads one body of chunks at the beginning of `bytes`; null while its end is not there. */
function readBody(bytes: Buffer): { body: Buffer; end: string; length: number } | null {
  const pieces: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at);
    if (line === -1) return null;
    const text = bytes.toString('latin1', at, line);
    const size = Number.parseInt(text, 16);
    if (bytes.length < line + 4 + size) return null;
    if (size === 0) return { body: Buffer.concat(pieces), end: text, length: line + 4 };
    pieces.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 4 + size;
  }
}

/** What a request begins with: its own head, and the HTTP heads inside it; null while they are not whole. */
function readHeads(bytes: Buffer): { head: string; http: string; length: number } | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = bytes.toString('latin1', 0, end);
  const length = end + 4 + Number(/res-body=(\d+)/.exec(head)?.[1] ?? 0);
  return bytes.length < length ? null : { head, http: bytes.toString('latin1', end + 4, length), length };
}

function converse(socket: Socket, script: Script, settings: ScriptOptions, count: { files: number; options: number }) {
  let bytes: Buffer = Buffer.alloc(0);
  let heads: { head: string; http: string } | null = null;
  /** Whose preview was answered: more of it may follow without a head. */
  let previewed: { head: string; http: string } | null = null;
  const readRequest = (): boolean => {
    if (heads === null && previewed !== null && bytes.length > 0 && !/^[OR]/.test(bytes.toString('latin1', 0, 1))) {
      heads = previewed;
    }
    if (heads === null) {
      const read = readHeads(bytes);
      if (read === null) return false;
      bytes = bytes.subarray(read.length);
      if (read.head.startsWith('OPTIONS')) {
        count.options += 1;
        const answer = settings.options === undefined ? options() : settings.options(count.options);
        if (answer === null) socket.destroy();
        else socket.write(answer, 'latin1');
        return true;
      }
      heads = read;
      settings.onHead?.(socket, read.http);
    }
    const read = readBody(bytes);
    if (read === null) return false;
    bytes = bytes.subarray(read.length);
    const request = { head: heads.head, http: heads.http, body: read.body, end: read.end };
    previewed = heads.head.includes('Preview') ? heads : null;
    const isTest = heads.http.includes('/test-file ');
    heads = null;
    if (isTest && read.body.length < 4096 && settings.findsTestFiles !== false) {
      socket.write(INFECTED);
      return true;
    }
    count.files += 1;
    script(socket, request, count.files);
    return true;
  };
  socket.on('error', () => socket.destroy());
  socket.on('data', (data: Buffer) => {
    bytes = Buffer.concat([bytes, data]);
    while (readRequest());
  });
}

/**
 * An ICAP server that does right until a file has come whole, and then what the script does. Its connections end with
 * the test.
 */
export async function startScriptedIcap(script: Script, settings: ScriptOptions = {}): Promise<ScriptedIcap> {
  const forFiles = new Set<Socket>();
  const count = { files: 0, options: 0 };
  let connections = 0;
  const counting: Script = (socket, request, asked) => {
    if (!forFiles.has(socket)) connections += 1;
    forFiles.add(socket);
    script(socket, request, asked);
  };
  const take = (socket: Socket) => {
    socket.once('close', () => forFiles.delete(socket));
    converse(socket, counting, settings, count);
  };
  const port = await listen(settings.tls === undefined ? createServer(take) : createTlsServer(settings.tls, take));
  const scheme = settings.tls === undefined ? 'icap' : 'icaps';
  return {
    url: `${scheme}://127.0.0.1:${port}/scan`,
    connections: () => connections,
    open: () => forFiles.size,
  };
}
