import { describe, expect, it } from 'vitest';
import {
  findsEicar,
  INFECTED,
  NOTHING,
  returned,
  type Script,
  type ScriptOptions,
  startScriptedIcap,
} from '../../../support/scripted-icap';
import { openFolder, outcome, patience, staged } from '../clamav/support';
import { openIcapProbe } from './support';

const TEXT = 'a plain text';
const ERROR_CODES = /^PROBE_(BAD_REPLY|FAILED|UNAVAILABLE)$/;
const ICAP_OK = 'ICAP/1.0 200 OK\r\nISTag: "tag-1"\r\n';
const HTTP_OK = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n';

async function outcomeWith(script: Script, text = TEXT, settings: ScriptOptions = {}): Promise<string> {
  const { url } = await startScriptedIcap(script, settings);
  const probe = openIcapProbe(url, { timeoutSeconds: 5 });
  expect((await probe.describe(patience())).state).toBe('ready');
  return outcome(probe, staged(openFolder(), 'file', Buffer.from(text)));
}

const says =
  (bytes: string | Buffer): Script =>
  (socket) =>
    socket.end(bytes);

/** An answer 200 around `HTTP_OK` and these bytes of a body. */
const bodied = (body: string, encapsulated = `res-hdr=0, res-body=${HTTP_OK.length}`) =>
  `${ICAP_OK}Encapsulated: ${encapsulated}\r\n\r\n${HTTP_OK}${body}`;
const CHUNKED = `c\r\n${TEXT}\r\n0\r\n\r\n`;

/** Replies to a small file that are no answer, each followed by the end of the connection. */
const REPLIES: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['an empty line', '\r\n\r\n'],
  ['the beginning of a status line', 'ICAP/1.0 20'],
  ['a status line alone', 'ICAP/1.0 204 No Content\r\n'],
  ['a head without its empty line', 'ICAP/1.0 204 No Content\r\nISTag: "tag-1"\r\n'],
  ['HTTP instead of ICAP', 'HTTP/1.1 204 No Content\r\nISTag: "tag-1"\r\n\r\n'],
  ['another version', NOTHING.replace('1.0', '2.0')],
  ['a status of two digits', NOTHING.replace('204', '20')],
  ['a status of four digits', NOTHING.replace('204', '2040')],
  ['a status that is a word', NOTHING.replace('204', 'OK')],
  ['a small icap', NOTHING.replace('ICAP', 'icap')],
  ['line ends without CR', NOTHING.replaceAll('\r\n', '\n')],
  ['a bare CR in a value', NOTHING.replace('"tag-1"', '"tag-1"\rX: y')],
  ['a NUL in a value', NOTHING.replace('No Content', 'No\0Content')],
  ['a line that is no field', NOTHING.replace('ISTag:', 'nonsense\r\nISTag:')],
  ['a field with a space before its colon', NOTHING.replace('ISTag:', 'ISTag :')],
  ['a folded line before any field', NOTHING.replace('\r\nISTag', '\r\n folded\r\nISTag')],
  ['two ISTags', NOTHING.replace('ISTag: "tag-1"', 'ISTag: "tag-1"\r\nISTag: "tag-2"')],
  ['no ISTag, though the service has one', NOTHING.replace('ISTag: "tag-1"\r\n', '')],
  ['another ISTag', NOTHING.replace('tag-1', 'tag-2')],
  ['an ISTag with a quote in it', NOTHING.replace('tag-1', 'ta"g')],
  ['a 204 with a body', NOTHING.replace('null-body=0', 'res-body=0')],
  ['two answers', `${NOTHING}${NOTHING}`],
  ['an answer and garbage', `${NOTHING}x`],
  ['a finding behind its 204', `${NOTHING}${ICAP_OK}X-Infection-Found: Type=0; Resolution=0; Threat=Bad;\r\n\r\n`],
  ['100 Continue without a preview', `ICAP/1.0 100 Continue\r\n\r\n${NOTHING}`],
  ['206 and the rest by reference', NOTHING.replace('204 No Content', '206 Partial Content')],
  ['201', NOTHING.replace('204', '201')],
  ['302', NOTHING.replace('204', '302')],
  ['400', NOTHING.replace('204 No Content', '400 Bad Request')],
  ['404', NOTHING.replace('204 No Content', '404 Service Not Found')],
  ['408', NOTHING.replace('204 No Content', '408 Timeout')],
  ['500', NOTHING.replace('204 No Content', '500 Server Error')],
  ['503', NOTHING.replace('204 No Content', '503 Service Overloaded')],
  ['a head that never ends', `ICAP/1.0 204 No Content\r\n${'X-Filler: filler\r\n'.repeat(10_000)}`],
  ['a line that never ends', `ICAP/1.0 204 ${'x'.repeat(100_000)}`],
  ['a thousand fields', NOTHING.replace('ISTag', `${'X-A: b\r\n'.repeat(1000)}ISTag`)],
  ['200 without Encapsulated', `${ICAP_OK}\r\n${HTTP_OK}${CHUNKED}`],
  ['200 with two Encapsulated', bodied(CHUNKED).replace('Encap', 'Encapsulated: null-body=0\r\nEncap')],
  ['200 with a body alone', bodied(CHUNKED, 'res-body=0')],
  ['200 with a request', bodied(CHUNKED, `req-hdr=0, req-body=${HTTP_OK.length}`)],
  ['200 whose HTTP head is said to be shorter', bodied(CHUNKED, `res-hdr=0, res-body=${HTTP_OK.length - 2}`)],
  ['200 whose HTTP head is said to be longer', bodied(CHUNKED, `res-hdr=0, res-body=${HTTP_OK.length + 2}`)],
  ['200 whose HTTP head has no length', bodied(CHUNKED, 'res-hdr=0, res-body=0')],
  ['200 with a negative place', bodied(CHUNKED, 'res-hdr=0, res-body=-1')],
  ['200 whose HTTP answer is none', bodied(CHUNKED).replace('HTTP/1.1 200 OK', 'HTTP/1.1 yes OK')],
  ['200 that ends in its HTTP head', bodied('').slice(0, -10)],
  ['200 that ends before its body', bodied('')],
  ['200 that ends in a chunk', bodied(`c\r\n${TEXT.slice(0, 5)}`)],
  ['200 that ends after a chunk', bodied(`c\r\n${TEXT}\r\n`)],
  ['200 that ends before its last line', bodied(`c\r\n${TEXT}\r\n0\r\n`)],
  ['200 with a body without chunks', bodied(TEXT)],
  ['200 with a chunk of a size that is none', bodied(`xyz\r\n${TEXT}\r\n0\r\n\r\n`)],
  ['200 with a chunk of a negative size', bodied(`-c\r\n${TEXT}\r\n0\r\n\r\n`)],
  ['200 with a chunk of an endless size', bodied(`ffffffffffffffff\r\n${TEXT}\r\n0\r\n\r\n`)],
  ['200 with a chunk longer than it says', bodied(`b\r\n${TEXT}\r\n0\r\n\r\n`)],
  ['200 with a chunk shorter than it says', bodied(`d\r\n${TEXT}\r\n0\r\n\r\n`)],
  ['200 with a size line that never ends', bodied(`c;${'x'.repeat(5000)}`)],
  ['200 with a trailer that never ends', bodied(`c\r\n${TEXT}\r\n0\r\n${'X: y\r\n'.repeat(10_000)}`)],
  [
    '200 with a finding behind its content',
    bodied(`c\r\n${TEXT}\r\n0\r\nX-Infection-Found: Type=0; Threat=Bad;\r\n\r\n`),
  ],
  ['200 with any field behind its content', bodied(`c\r\n${TEXT}\r\n0\r\nX: y\r\n\r\n`)],
  ['200 with the original by reference', bodied('0; use-original-body=0\r\n\r\n')],
  ['200 and something behind it', bodied(`${CHUNKED}x`)],
  ['200 with more than a file can become', bodied(`1f0000\r\n${'x'.repeat(0x1f0000)}\r\n0\r\n\r\n`)],
  ['garbage', '\x00\xff\xfe\x01\x02\r\n\r\n\r\n'],
  ['a banner of another protocol', '220 mail.example ESMTP\r\n\r\n'],
];

describe('icap probe and a server that lies', () => {
  it.each(REPLIES)('takes for no answer: %s', async (_title, reply) => {
    expect(await outcomeWith(says(Buffer.from(reply, 'latin1')))).toMatch(ERROR_CODES);
  });

  it.each(REPLIES.filter(([, reply]) => reply !== ''))(
    'takes for no answer, byte by byte on a connection that stays: %s',
    async (title, reply) => {
      const slowly: Script = (socket) => {
        const bytes = Buffer.from(reply, 'latin1');
        const edge = Math.max(0, bytes.length - 200);
        socket.setNoDelay(true).write(bytes.subarray(0, edge));
        for (const byte of bytes.subarray(edge)) socket.write(Buffer.of(byte));
        setTimeout(() => socket.destroy(), 300);
      };
      const end = await outcomeWith(slowly);
      // what follows a whole answer much later is seen before the connection is used again: then it is not
      const isWhole = /^(?:two answers|an answer and|a finding behind|200 and something)/.test(title);
      expect(end).toMatch(isWhole ? /^(?:clean|PROBE_BAD_REPLY)$/ : ERROR_CODES);
    },
  );

  it('calls no file clean for one wrong byte in an answer that there is malware in it', async () => {
    const page = '<html>blocked</html>';
    const answer = returned(page, 'HTTP/1.0 403 Forbidden', 'X-Infection-Found: Type=0; Resolution=2; Threat=Bad;');
    const ends = new Map<string, number>();
    const mutants = [...answer.keys()].flatMap((at) => [1, 0x20, 0x80].map((bit) => [at, bit] as const));
    const { url } = await startScriptedIcap((socket, _request, asked) => {
      const [at, bit] = mutants[asked - 1] ?? [0, 0];
      const mutant = Buffer.from(answer);
      mutant[at] = (mutant[at] ?? 0) ^ bit;
      socket.end(mutant);
    });
    const probe = openIcapProbe(url);
    const item = staged(openFolder(), 'a', Buffer.from(page));
    for (const _mutant of mutants) {
      const end = await outcome(probe, item);
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    const allowed = ['malicious', 'suspicious', 'PROBE_BAD_REPLY', 'PROBE_FAILED', 'PROBE_UNAVAILABLE'];
    expect([...ends.keys()].filter((end) => !allowed.includes(end))).toEqual([]);
    expect(ends.get('malicious')).toBeGreaterThan(100);
    expect([...ends.values()].reduce((sum, count) => sum + count)).toBe(mutants.length);
  });

  it('takes a reset and silence for no answer', async () => {
    expect(await outcomeWith((socket) => socket.resetAndDestroy())).toBe('PROBE_FAILED');
    const { url } = await startScriptedIcap(() => undefined);
    const probe = openIcapProbe(url);
    const item = staged(openFolder(), 'file', Buffer.from(TEXT));
    expect(await outcome(probe, item, AbortSignal.timeout(200))).toBe('CANCELLED');
  });

  it('does not believe a 204 that comes before the whole file was sent, but a finding', async () => {
    const folder = openFolder();
    const [quiet, loud] = ['x', 'y'].map((text) => staged(folder, text, Buffer.alloc(8 * 1024 ** 2, text)));
    if (quiet === undefined || loud === undefined) throw new Error('no files');
    const { url } = await startScriptedIcap(findsEicar, {
      onHead(socket, head) {
        if (head.includes(quiet.hashes.sha256)) socket.pause().write(NOTHING);
        if (head.includes(loud.hashes.sha256)) socket.pause().write(INFECTED);
      },
    });
    const probe = openIcapProbe(url, { maxBytes: '8MiB' });
    expect(await outcome(probe, quiet)).toBe('partial');
    expect(await outcome(probe, loud)).toBe('malicious');
  });

  it('takes another status with the same content, and another content, for findings', async () => {
    for (const answer of [
      returned(TEXT, 'HTTP/1.1 403 Forbidden'),
      returned(TEXT, 'HTTP/1.1 201 Created'),
      returned('A plain text'),
      returned('a plain tex'),
      returned('a plain text.'),
      returned(''),
      returned('<html>blocked</html>', 'HTTP/1.0 403 Forbidden'),
    ]) {
      expect(await outcomeWith(says(answer)), answer.toString()).toBe('suspicious');
    }
  });

  it('takes the same content with the same status for nothing found', async () => {
    expect(await outcomeWith(says(returned(TEXT)))).toBe('clean');
    expect(await outcomeWith(says(returned('')), '')).toBe('clean');
    const nobody = bodied('', `res-hdr=0, null-body=${HTTP_OK.length}`);
    expect(await outcomeWith(says(nobody), '')).toBe('clean');
    expect(await outcomeWith(says(nobody))).toBe('suspicious');
    expect(await outcomeWith(says(NOTHING))).toBe('clean');
  });
});
