import { describe, expect, it } from 'vitest';
import { ProbeError } from '../../../../src-main/base/errors';
import { parseHead } from '../../../../src-main/probes/icap/head';
import { readOptions } from '../../../../src-main/probes/icap/options';
import {
  findsEicar,
  INFECTED,
  NOTHING,
  options,
  returned,
  type Script,
  startScriptedIcap,
} from '../../../support/scripted-icap';
import { EICAR } from '../../../support/temp-folder';
import { CONTEXT, openFolder, outcome, patience, staged } from '../clamav/support';
import { openIcapProbe } from './support';

const read = (answer: string) => readOptions(parseHead(Buffer.from(answer, 'latin1')));

describe('what an ICAP service says about itself', () => {
  it('is read whole', () => {
    const told = read(
      options(
        'Preview: 1024',
        'Max-Connections: 50',
        'Options-TTL: 3600',
        'Transfer-Preview: *',
        'Transfer-Ignore: .JPG, gif',
      ),
    );
    expect(told).toMatchObject({
      service: 'Scripted AV 1',
      tag: 'tag-1',
      previewBytes: 1024,
      maxConnections: 50,
      ttlSeconds: 3600,
    });
    expect(['jpg', 'gif', 'exe', ''].map((ending) => told.transferOf(ending))).toEqual([
      'ignore',
      'ignore',
      'preview',
      'preview',
    ]);
  });

  it('is taken for as little as it says', () => {
    const told = read('ICAP/1.0 200 OK\r\nMethods: respmod, OPTIONS\r\n\r\n');
    expect(told).toMatchObject({
      service: 'unknown',
      tag: null,
      previewBytes: null,
      maxConnections: null,
      ttlSeconds: null,
    });
    expect(told.transferOf('exe')).toBe('complete');
  });

  it.each([
    ['no such service', 'ICAP/1.0 404 Service not found\r\n\r\n', 'PROBE_UNAVAILABLE'],
    ['too busy', 'ICAP/1.0 503 Busy\r\n\r\n', 'PROBE_UNAVAILABLE'],
    ['requests only', options().replace('RESPMOD', 'REQMOD'), 'PROBE_UNAVAILABLE'],
    ['no methods', options().replace('Methods: RESPMOD\r\n', ''), 'PROBE_UNAVAILABLE'],
    ['no file at all', options('Transfer-Ignore: *'), 'PROBE_UNAVAILABLE'],
    ['a preview that is no number', options('Preview: many'), 'PROBE_BAD_REPLY'],
    ['a negative preview', options('Preview: -1'), 'PROBE_BAD_REPLY'],
    ['no connections', options('Max-Connections: 0'), 'PROBE_BAD_REPLY'],
    ['a time that is no number', options('Options-TTL: soon'), 'PROBE_BAD_REPLY'],
    ['two previews', options('Preview: 1', 'Preview: 2'), 'PROBE_BAD_REPLY'],
    ['two tags', options('ISTag: "other"'), 'PROBE_BAD_REPLY'],
    ['a tag with a space', options().replace('tag-1', 'tag 1'), 'PROBE_BAD_REPLY'],
    ['HTTP', options().replace('ICAP', 'HTTP'), 'PROBE_BAD_REPLY'],
  ])('makes it of no use: %s', async (_title, answer, code) => {
    expect(() => read(answer)).toThrow(expect.objectContaining({ code }));
    expect(() => read(answer)).toThrow(ProbeError);
    const { url } = await startScriptedIcap((socket) => socket.write(NOTHING), { options: () => answer });
    const probe = openIcapProbe(url);
    expect((await probe.describe(patience())).state).toBe('not_ready');
    expect(await outcome(probe, staged(openFolder(), 'a', Buffer.from('a')))).toBe(code);
  });

  it('makes files that it ignores unverified, though it says nothing against them', async () => {
    const settings = { options: () => options('Transfer-Ignore: jpg', 'Transfer-Complete: *') };
    const { url } = await startScriptedIcap((socket) => socket.write(NOTHING), settings);
    const probe = openIcapProbe(url);
    const item = staged(openFolder(), 'a', Buffer.from('a'));
    expect(await outcome(probe, { ...item, name: Buffer.from('a picture.JPG') })).toBe('unsupported');
    expect(await outcome(probe, { ...item, name: Buffer.from('a picture.jpg.txt') })).toBe('clean');
  });

  it('is asked again when an answer carries another tag, which is never believed', async () => {
    let tag = 'tag-1';
    const now = (reply: string | Buffer) => reply.toString('latin1').replace('tag-1', tag);
    const server = await startScriptedIcap((socket) => socket.write(now(NOTHING)), { options: () => now(options()) });
    const probe = openIcapProbe(server.url);
    const item = staged(openFolder(), 'a', Buffer.from('a'));
    expect((await probe.scan(item, CONTEXT, patience())).databaseVersion).toBe('tag-1');
    tag = 'tag-2';
    expect(await outcome(probe, item)).toBe('PROBE_UNAVAILABLE');
    expect((await probe.scan(item, CONTEXT, patience())).databaseVersion).toBe('tag-2');
  });

  it('may leave out its tag, if it does so everywhere: then no result is used again', async () => {
    const untagged = (reply: string) => reply.replace('ISTag: "tag-1"\r\n', '');
    const settings = { options: () => untagged(options()) };
    const { url } = await startScriptedIcap((socket) => socket.write(untagged(NOTHING)), settings);
    const probe = openIcapProbe(url);
    const report = await probe.scan(staged(openFolder(), 'a', Buffer.from('a')), CONTEXT, patience());
    expect(report).toMatchObject({ statement: 'nothing_found', databaseVersion: null });
    expect((await probe.describe(patience())).databaseVersion).toBeNull();
  });
});

describe('the form in which an icap probe sends files', () => {
  const isPdf = (body: Buffer) => body.subarray(0, 5).toString() === '%PDF-';
  const isTar = (body: Buffer) => body.toString('latin1', 257, 262) === 'ustar';

  it('is a tar archive where the server leaves out files that begin like a PDF', async () => {
    const bodies: Buffer[] = [];
    const script: Script = (socket, request, asked) => {
      if (!request.http.includes('test-file')) bodies.push(request.body);
      if (isPdf(request.body)) socket.write(NOTHING);
      else findsEicar(socket, request, asked);
    };
    const { url } = await startScriptedIcap(script, { findsTestFiles: false });
    const probe = openIcapProbe(url);
    const text = Buffer.from('%PDF- a text');
    expect(await outcome(probe, staged(openFolder(), 'a', text))).toBe('clean');
    expect((await probe.describe(patience())).notes.join()).toContain('in a tar archive');
    expect(bodies.map(isTar)).toEqual([true]);
    expect(bodies[0]?.subarray(512, 512 + text.length)).toEqual(text);
    expect(bodies[0]).toHaveLength(512 + 512 + 1024);
    expect(await outcome(probe, staged(openFolder(), 'b', EICAR))).toBe('malicious');
    expect(await outcome(probe, { ...staged(openFolder(), 'c', text), size: text.length - 1 })).toBe('SOURCE_CHANGED');
  });

  it('is theirs where it finds the test file in neither: then nothing found is unverified, and what is found counts', async () => {
    const bodies: string[] = [];
    let isMended = false;
    const trouble = Buffer.from('trouble');
    const script: Script = (socket, { http, body }) => {
      if (!http.includes('test-file')) bodies.push(body.toString());
      const finds = isMended ? body.includes(EICAR) : body.subarray(0, EICAR.length).equals(EICAR);
      if (body.equals(trouble)) socket.end('ICAP/1.0 500 Server Error\r\n\r\n');
      else socket.write(finds ? INFECTED : NOTHING);
    };
    const { url } = await startScriptedIcap(script, {
      findsTestFiles: false,
      options: () => options('Transfer-Ignore: jpg', 'Transfer-Complete: *'),
    });
    const probe = openIcapProbe(url);
    const item = staged(openFolder(), 'a', Buffer.from('a text'));
    const report = await probe.scan(item, CONTEXT, patience());
    expect(report).toMatchObject({ statement: 'nothing_found', coverage: { kind: 'incomplete', reason: 'partial' } });
    expect(report.coverage.detail).toContain('overlooked test files');
    expect(bodies).toEqual(['a text']);
    const health = await probe.describe(patience());
    expect(health).toMatchObject({ state: 'ready', notes: [expect.stringContaining('is unverified')] });
    // what is held is looked at again as soon as there is a version, and nothing is used again before
    expect([report.databaseVersion, health.databaseVersion]).toEqual([null, null]);
    // no size can be proven, so none is a reason not to ask
    expect(await outcome(probe, staged(openFolder(), 'b', Buffer.alloc(20_000, 'x')))).toBe('partial');
    expect(await outcome(probe, staged(openFolder(), 'c', Buffer.alloc(20_000, EICAR)))).toBe('malicious');
    expect(await outcome(probe, { ...item, name: Buffer.from('a.jpg') })).toBe('unsupported');

    isMended = true;
    expect(await outcome(probe, staged(openFolder(), 'd', trouble))).toBe('PROBE_FAILED');
    expect(await outcome(probe, item)).toBe('clean');
    expect(await probe.describe(patience())).toMatchObject({ databaseVersion: 'tag-1', notes: [] });
  });

  it('is looked for again after a scan that failed, while the sizes that were proven stay proven', async () => {
    const tests = { small: 0, padded: 0 };
    const script: Script = (socket, request, asked) => {
      if (request.http.includes('/test-file ')) tests[request.body.length > 4096 ? 'padded' : 'small'] += 1;
      if (request.body.includes('trouble')) socket.end('ICAP/1.0 500 Server Error\r\n\r\n');
      else findsEicar(socket, request, asked);
    };
    const { url } = await startScriptedIcap(script, { findsTestFiles: false });
    const probe = openIcapProbe(url, { maxBytes: '1MiB' });
    const folder = openFolder();
    const large = staged(folder, 'a', Buffer.alloc(20_000, 'x'));
    expect(await outcome(probe, large)).toBe('clean');
    expect(tests).toEqual({ small: 1, padded: 1 });
    expect(await outcome(probe, staged(folder, 'b', Buffer.from('trouble')))).toBe('PROBE_FAILED');
    expect(await outcome(probe, large)).toBe('clean');
    expect(tests).toEqual({ small: 2, padded: 1 });
  });

  it('is not known, nor the probe ready, while the test file fails', async () => {
    const { url } = await startScriptedIcap((socket) => socket.destroy(), { findsTestFiles: false });
    const probe = openIcapProbe(url);
    expect((await probe.describe(patience())).state).toBe('not_ready');
    expect(await outcome(probe, staged(openFolder(), 'a', Buffer.from('a')))).toBe('PROBE_FAILED');
  });
});

describe('the preview of an icap probe', () => {
  const folder = () => openFolder();
  const previewing = { options: () => options('Preview: 4', 'Transfer-Preview: *', 'Transfer-Complete: zip') };

  it('is sent only where the setting asks for it', async () => {
    const heads: string[] = [];
    const server = await startScriptedIcap((socket, { head }) => {
      heads.push(head);
      socket.write(NOTHING);
    }, previewing);
    const item = staged(folder(), 'a', Buffer.from('0123456789'));
    expect(await outcome(openIcapProbe(server.url), item)).toBe('clean');
    const probe = openIcapProbe(server.url, { preview: true });
    expect(await outcome(probe, { ...item, name: Buffer.from('a.zip') })).toBe('clean');
    expect(heads.join()).not.toContain('Preview');
  });

  it('ends with the file where that is no longer, and is followed by the rest where the server asks for it', async () => {
    const asked: [string, string][] = [];
    const server = await startScriptedIcap((socket, { body, end }) => {
      asked.push([body.toString(), end]);
      socket.write(body.toString() === '0123' && end === '0' ? 'ICAP/1.0 100 Continue\r\n\r\n' : NOTHING);
    }, previewing);
    const probe = openIcapProbe(server.url, { preview: true });
    const place = folder();
    for (const text of ['', '01', '0123', '0123456789']) {
      const { coverage } = await probe.scan(staged(place, 'a', Buffer.from(text)), CONTEXT, patience());
      expect(coverage).toEqual({ kind: 'complete' });
    }
    expect(asked).toEqual([
      ['', '0; ieof'],
      ['01', '0; ieof'],
      ['0123', '0; ieof'],
      ['0123', '0'],
      ['456789', '0'],
    ]);
    expect(server.connections()).toBe(1);
  });

  it('may be enough for the server: the report says how much that was', async () => {
    const server = await startScriptedIcap((socket) => socket.write(NOTHING), previewing);
    const probe = openIcapProbe(server.url, { preview: true });
    const report = await probe.scan(staged(folder(), 'a', Buffer.from('0123456789')), CONTEXT, patience());
    expect(report).toMatchObject({
      statement: 'nothing_found',
      coverage: { kind: 'complete', detail: 'the ICAP server wanted no more than the first 4 of its 10 bytes' },
    });
  });

  it.each([
    ['the rest of a file that it has whole', '01', 'ICAP/1.0 100 Continue\r\n\r\n', 'PROBE_BAD_REPLY'],
    ['the rest twice', '0123456789', 'ICAP/1.0 100 Continue\r\n\r\n', 'PROBE_BAD_REPLY'],
    ['nothing, but gives the whole file back', '0123456789', returned('0123456789').toString(), 'suspicious'],
  ])('does not help a server that wants %s', async (_title, text, reply, end) => {
    const server = await startScriptedIcap((socket) => socket.write(reply), previewing);
    const probe = openIcapProbe(server.url, { preview: true });
    expect(await outcome(probe, staged(folder(), 'a', Buffer.from(text)))).toBe(end);
  });
});
