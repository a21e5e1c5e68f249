import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { describeWith } from '../../../support/components';
import { findsEicar, NOTHING, options, type Script, startScriptedIcap } from '../../../support/scripted-icap';
import { EICAR } from '../../../support/temp-folder';
import { CONTEXT, itemAt, openFolder, outcome, patience, staged } from '../clamav/support';
import { icapSettings, openIcapProbe } from './support';

const text = (name: string, folder = openFolder()) => staged(folder, name, Buffer.from(`text of ${name}`));
const nothing: Script = (socket) => socket.write(NOTHING);

describe('the connections of an icap probe', () => {
  it('are kept and used again', async () => {
    const server = await startScriptedIcap(nothing);
    const probe = openIcapProbe(server.url);
    const folder = openFolder();
    for (const name of 'abcdef') expect(await outcome(probe, text(name, folder))).toBe('clean');
    expect(server.connections()).toBe(1);
  });

  it('are not used again when the server says that it closes, or said more than it was asked', async () => {
    const closing = await startScriptedIcap((socket) =>
      socket.write(NOTHING.replace('ISTag', 'Connection: close\r\nISTag')),
    );
    const probe = openIcapProbe(closing.url);
    expect(await outcome(probe, text('a'))).toBe('clean');
    expect(await outcome(probe, text('b'))).toBe('clean');
    expect(closing.connections()).toBe(2);

    let late: Socket | null = null;
    const talking = await startScriptedIcap((socket, _request, asked) => {
      socket.write(NOTHING);
      if (asked === 1) late = socket;
    });
    const other = openIcapProbe(talking.url);
    expect(await outcome(other, text('a'))).toBe('clean');
    (late as Socket | null)?.write(NOTHING);
    await vi.waitFor(() => expect(talking.open()).toBe(0));
    expect(await outcome(other, text('b'))).toBe('clean');
    expect(talking.connections()).toBe(2);
  });

  it('that the server closed in between are replaced once, and no file is blamed', async () => {
    const server = await startScriptedIcap((socket, _request, asked) => {
      if (asked % 2 === 0) socket.destroy();
      else socket.write(NOTHING);
    });
    const probe = openIcapProbe(server.url);
    expect(await outcome(probe, text('a'))).toBe('clean');
    // the second request meets a close without a word, and is sent again on a new connection
    expect(await outcome(probe, text('b'))).toBe('clean');
    expect(server.connections()).toBe(2);
  });

  it('that are new, or had begun to answer, are not replaced', async () => {
    const silent = await startScriptedIcap((socket) => socket.destroy());
    expect(await outcome(openIcapProbe(silent.url), text('a'))).toBe('PROBE_FAILED');
    expect(silent.connections()).toBe(1);
    const broken = await startScriptedIcap((socket, _request, asked) => {
      if (asked === 1) socket.write(NOTHING);
      else socket.end('ICAP/1.0 204');
    });
    const probe = openIcapProbe(broken.url);
    expect(await outcome(probe, text('a'))).toBe('clean');
    expect(await outcome(probe, text('b'))).toBe('PROBE_FAILED');
    expect(broken.connections()).toBe(1);
  });

  it.each([
    ['the setting', { connections: 3 }, options(), 3],
    ["the server's Max-Connections, one kept free", { connections: 8 }, options('Max-Connections: 5'), 4],
    ['a Max-Connections of one', { connections: 8 }, options('Max-Connections: 1'), 1],
  ])('are no more at once than %s says', async (_title, settings, answer, most) => {
    const open: Socket[] = [];
    let highest = 0;
    const script: Script = (socket) => {
      open.push(socket);
      highest = Math.max(highest, open.length);
      setTimeout(() => {
        for (const each of open.splice(0)) each.write(NOTHING);
      }, 20);
    };
    const server = await startScriptedIcap(script, { options: () => answer });
    const probe = openIcapProbe(server.url, { ...settings });
    const folder = openFolder();
    const ends = await Promise.all(Array.from({ length: 20 }, (_, at) => outcome(probe, text(`f${at}`, folder))));
    expect(new Set(ends)).toEqual(new Set(['clean']));
    expect(highest).toBe(most);
    expect(server.connections()).toBe(most);
  });

  it('end with the scan that is cancelled, which says nothing', async () => {
    const server = await startScriptedIcap(() => undefined);
    const probe = openIcapProbe(server.url);
    const controller = new AbortController();
    const end = outcome(probe, text('a'), controller.signal);
    await vi.waitFor(() => expect(server.open()).toBe(1));
    controller.abort();
    expect(await end).toBe('CANCELLED');
    await vi.waitFor(() => expect(server.open()).toBe(0));
  });

  it('carry a file that changed size only to be ended, without the end of the file', async () => {
    const bodies: string[] = [];
    const server = await startScriptedIcap((socket, { body }) => {
      bodies.push(body.toString());
      socket.write(NOTHING);
    });
    const probe = openIcapProbe(server.url);
    const item = text('a');
    for (const size of [item.size - 1, item.size + 1]) {
      expect(await outcome(probe, { ...item, size })).toBe('SOURCE_CHANGED');
    }
    expect(await outcome(probe, itemAt('/nowhere'))).toBe('SOURCE_UNREADABLE');
    expect(bodies).toEqual([]);
    expect(await outcome(probe, item)).toBe('clean');
    expect(bodies).toEqual(['text of a']);
  });

  it('count as begun once they have their turn', async () => {
    let begun = 0;
    const server = await startScriptedIcap(nothing);
    const probe = openIcapProbe(server.url);
    await probe.scan(text('a'), { ...CONTEXT, begins: () => (begun += 1) }, patience());
    expect(begun).toBe(1);
  });

  it('carry the file as an HTTP answer that says nothing about it', async () => {
    let head = '';
    const server = await startScriptedIcap((socket, request) => {
      ({ head } = request);
      expect(request.body.toString()).toBe('text of secret name.exe');
      socket.write(NOTHING);
    });
    const item = { ...text('secret name.exe'), name: Buffer.from('secret name.exe') };
    expect(await outcome(openIcapProbe(server.url), item)).toBe('clean');
    const http = `GET http://dropgate.invalid/${item.hashes.sha256} HTTP/1.1\r\nHost: dropgate.invalid\r\n\r\n`;
    const answer = 'HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 23\r\n\r\n';
    expect(head.split('\r\n')).toEqual([
      `RESPMOD ${server.url} ICAP/1.0`,
      `Host: ${new URL(server.url).host}`,
      'Allow: 204',
      `Encapsulated: req-hdr=0, res-hdr=${http.length}, res-body=${http.length + answer.length}`,
    ]);
  });
});

describe('an icap probe without its server', () => {
  it.each([
    ['nobody listens', 'icap://127.0.0.1:1/scan', 'nobody listens there'],
    ['there is no such host', 'icap://nowhere.invalid/scan', 'correct the probe'],
  ])('is not ready and says why: %s', async (_title, url, why) => {
    const probe = openIcapProbe(url);
    expect(await probe.describe(patience())).toMatchObject({
      state: 'not_ready',
      problem: expect.stringContaining(why),
    });
    expect(await outcome(probe, text('a'))).toBe('PROBE_UNAVAILABLE');
  });

  it('is ready again when it is back', async () => {
    let away = true;
    const server = await startScriptedIcap(nothing, { options: () => (away ? null : options()) });
    const probe = openIcapProbe(server.url);
    expect((await probe.describe(patience())).state).toBe('not_ready');
    away = false;
    expect((await probe.describe(patience())).state).toBe('ready');
    expect(await outcome(probe, text('a'))).toBe('clean');
  });
});

describeWith(['openssl'], 'an icap probe over TLS', () => {
  it('asks a server whose certificate it was told to trust, and no other', async () => {
    const folder = openFolder();
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=icap', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    execFileSync('openssl', [...request, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const tls = { key: readFileSync(key), cert: readFileSync(cert) };
    const { url } = await startScriptedIcap(findsEicar, { tls });
    expect(icapSettings(url).url).toMatch(/^icaps:/);
    const trusting = openIcapProbe(url, { caFile: cert });
    expect(await outcome(trusting, text('a'))).toBe('clean');
    expect(await outcome(trusting, staged(folder, 'b', EICAR))).toBe('malicious');
    const strict = openIcapProbe(url);
    expect(await outcome(strict, text('a'))).toBe('PROBE_UNAVAILABLE');
    expect((await strict.describe(patience())).problem).toContain('self-signed certificate');
    const lost = openIcapProbe(url, { caFile: join(folder, 'no.pem') });
    expect((await lost.describe(patience())).problem).toContain('no.pem');
  });
});
