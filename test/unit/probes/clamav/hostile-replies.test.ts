import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BAD_BYTES, BAD_TEXTS, bytesThenClose, fill } from '../../../support/clamd-replies';
import { type Script, startScripted } from '../../../support/scripted-clamd';
import { CONTEXT, openFolder, openProbe, outcome, patience, staged } from './support';

async function outcomeWith(script: Script): Promise<string> {
  const staging = openFolder();
  const probe = openProbe({ host: '127.0.0.1', port: await startScripted(script), timeoutSeconds: 5 }, staging);
  expect((await probe.describe(patience())).state).toBe('ready');
  return outcome(probe, staged(staging, 'file', Buffer.from('text')));
}

const ERROR_CODES = /^PROBE_(BAD_REPLY|FAILED|DIED|UNAVAILABLE|TIMEOUT)$/;

describe('clamav probe and a clamd that lies', () => {
  it.each(BAD_TEXTS.map((text) => [text]))('takes %j for no answer', async (text) => {
    expect(await outcomeWith(bytesThenClose(`#: ${text}\0`))).toMatch(ERROR_CODES);
  });

  it.each(BAD_BYTES.map((text) => [text]))('takes the bytes %j for no answer', async (text) => {
    expect(await outcomeWith(bytesThenClose(text))).toMatch(ERROR_CODES);
  });

  it('takes a close, a reset and silence for no answer', async () => {
    expect(await outcomeWith((socket) => socket.end())).toBe('PROBE_DIED');
    expect(await outcomeWith((socket) => socket.resetAndDestroy())).toBe('PROBE_DIED');
    expect(await outcomeWith(() => undefined)).toBe('PROBE_TIMEOUT');
  });

  it('believes neither two answers at once nor one to a question of before', async () => {
    for (const text of ['#: @: OK\0#: @: OK\0', '#: @: OK\0#: @: Bad FOUND\0', '#: @: OK\0nonsense\0']) {
      const twice: Script = (socket, id, path) => socket.write(fill(text, id, path));
      expect(await outcomeWith(twice), text).toBe('PROBE_BAD_REPLY');
    }
    const stale: Script = (socket, id, path) => socket.write(fill(`${id - 1}: @: OK\0`, id, path));
    expect(await outcomeWith(stale)).toMatch(ERROR_CODES);
  });

  it('finds the file about which it talks nonsense, and its neighbours get their answers', async () => {
    const script: Script = (socket, id, path) => {
      const text = { a: '#: nonsense\0', b: '#: @: Bad FOUND\0' }[readFileSync(path, 'utf8')];
      socket.write(fill(text ?? '#: @: OK\0', id, path));
    };
    const staging = openFolder();
    const probe = openProbe({ host: '127.0.0.1', port: await startScripted(script) }, staging);
    const items = [...'abcdef'].map((text) => staged(staging, text, Buffer.from(text)));
    const ends = await Promise.all(items.map((item) => outcome(probe, item)));
    expect(ends).toEqual(['PROBE_BAD_REPLY', 'malicious', 'clean', 'clean', 'clean', 'clean']);
  });

  it('blames no file for a connection that was closed behind the answer about another', async () => {
    const script: Script = (socket, id, path) => {
      const text = readFileSync(path, 'utf8');
      if (text === 'a') socket.end();
      else if (text === 'b') socket.end(fill('#: @: Malformed database ERROR\0', id, path));
      else setTimeout(() => socket.writable && socket.write(fill('#: @: OK\0', id, path)), 20);
    };
    const staging = openFolder();
    const probe = openProbe({ host: '127.0.0.1', port: await startScripted(script) }, staging);
    const items = [...'abcdef'].map((text) => staged(staging, text, Buffer.from(text)));
    const ends = await Promise.all(items.map((item) => outcome(probe, item)));
    expect(ends).toEqual(['PROBE_DIED', 'PROBE_FAILED', 'clean', 'clean', 'clean', 'clean']);
  });

  it('asks again after an expired session, and takes the true answer', async () => {
    let asked = 0;
    const script: Script = (socket, id, path) => {
      asked += 1;
      if (asked === 1) socket.end(fill('COMMAND READ TIMED OUT#: @: OK\0', id, path));
      else socket.write(fill('#: @: Eicar FOUND\0', id, path));
    };
    expect(await outcomeWith(script)).toBe('malicious');
    expect(asked).toBe(2);
  });

  it('reads replies that come in pieces and out of order', async () => {
    const open: [number, string][] = [];
    const script: Script = (socket, id, path) => {
      open.push([id, path]);
      if (open.length < 20) return;
      const text = open.reverse().map(([one, its]) => `${one}: ${its}: ${its.endsWith('7') ? 'Bad FOUND' : 'OK'}\0`);
      const bytes = Buffer.from(text.join(''));
      for (let at = 0; at < bytes.length; at += 7) socket.write(bytes.subarray(at, at + 7));
    };
    const staging = openFolder();
    const probe = openProbe({ host: '127.0.0.1', port: await startScripted(script) }, staging);
    const items = Array.from({ length: 20 }, (_, index) => staged(staging, `f${index}`, Buffer.from(`${index}`)));
    const ends = await Promise.all(items.map((item) => outcome(probe, item)));
    expect(ends).toEqual(items.map(({ path }) => (path.endsWith('7') ? 'malicious' : 'clean')));
  });

  it('finds the one file that kills clamd, and answers the others', async () => {
    const script: Script = (socket, id, path) => {
      if (path.endsWith('killer')) socket.destroy();
      else setTimeout(() => socket.write(fill('#: @: OK\0', id, path)), 5);
    };
    const staging = openFolder();
    const probe = openProbe({ host: '127.0.0.1', port: await startScripted(script) }, staging);
    const names = ['a', 'b', 'killer', 'c', 'd'];
    const ends = names.map((name) => outcome(probe, staged(staging, name, Buffer.from(name))));
    expect(await Promise.all(ends)).toEqual(['clean', 'clean', 'PROBE_DIED', 'clean', 'clean']);
  });

  it('gives up the one late file, and asks the others again on a new session', async () => {
    const stuck = new Set<object>();
    const script: Script = (socket, id, path) => {
      if (path.endsWith('late')) stuck.add(socket);
      if (!stuck.has(socket)) socket.write(fill('#: @: OK\0', id, path));
    };
    const staging = openFolder();
    const probe = openProbe({ host: '127.0.0.1', port: await startScripted(script), timeoutSeconds: 1 }, staging);
    const scan = (name: string) => outcome(probe, staged(staging, name, Buffer.from(name)));
    const late = scan('late');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const others = ['a', 'b'].map(scan);
    expect(await Promise.all([late, ...others])).toEqual(['PROBE_TIMEOUT', 'clean', 'clean']);
  });

  it('does not count the time that a file waits behind others', async () => {
    let idleAt = 0;
    const script: Script = (socket, id, path) => {
      idleAt = Math.max(idleAt, performance.now()) + 400;
      setTimeout(() => socket.write(fill('#: @: OK\0', id, path)), idleAt - performance.now());
    };
    const staging = openFolder();
    const probe = openProbe({ host: '127.0.0.1', port: await startScripted(script), timeoutSeconds: 1 }, staging);
    const names = Array.from({ length: 6 }, (_, index) => `file-${index}`);
    const ends = names.map((name) => outcome(probe, staged(staging, name, Buffer.from(name))));
    expect(await Promise.all(ends)).toEqual(names.map(() => 'clean'));
  });

  it('gives up a late file also when those that were asked after it are answered', async () => {
    const script: Script = (socket, id, path) => {
      if (!path.endsWith('late')) setTimeout(() => socket.write(fill('#: @: OK\0', id, path)), 100);
    };
    const staging = openFolder();
    const probe = openProbe({ host: '127.0.0.1', port: await startScripted(script), timeoutSeconds: 1 }, staging);
    const scan = (name: string) => outcome(probe, staged(staging, name, Buffer.from(name)));
    const [early, late] = [scan('early'), scan('late')];
    for (let index = 0; index < 15; index += 1) expect(await scan(`other-${index}`)).toBe('clean');
    expect([await early, await late]).toEqual(['clean', 'PROBE_TIMEOUT']);
  });

  it.each([
    ['PUA.Win.Packer FOUND', 'suspicious'],
    ['Heuristics.Phishing.Email FOUND', 'suspicious'],
    ['Heuristics.Encrypted.PDF FOUND', 'encrypted'],
    ['Heuristics.Limits.Exceeded.MaxFiles FOUND', 'limit_exceeded'],
    ['Win.Trojan.A-1(44d88612fea8a8f36de82e1278abb02f:68) FOUND', 'malicious'],
    ['OK FOUND', 'malicious'],
  ])('understands %s', async (text, expected) => {
    expect(await outcomeWith((socket, id, path) => socket.write(fill(`#: @: ${text}\0`, id, path)))).toBe(expected);
  });

  it('shows hostile names escaped and bounded', async () => {
    const name = `Evil\u202e\x1b[2J${'x'.repeat(5000)}`;
    const staging = openFolder();
    const script: Script = (socket, id, path) => socket.write(fill(`#: @: ${name} FOUND\0`, id, path));
    const probe = openProbe({ host: '127.0.0.1', port: await startScripted(script) }, staging);
    const { findings } = await probe.scan(staged(staging, 'a', Buffer.from('a')), CONTEXT, patience());
    expect(findings[0]?.name).toMatch(/^Evil\\u\{202e\}\\x1b\[2Jx+$/);
    expect(findings[0]?.name.length).toBeLessThan(400);
  });

  it('never sends a path that could hold a second command', async () => {
    const asked: string[] = [];
    const script: Script = (socket, id, path) => {
      asked.push(path);
      socket.write(fill('#: @: OK\0', id, path));
    };
    const staging = openFolder();
    const probe = openProbe({ host: '127.0.0.1', port: await startScripted(script) }, staging);
    const item = staged(staging, 'a', Buffer.from('a'));
    for (const path of [`${item.path}\nx`, `${item.path}\0zSHUTDOWN`]) {
      expect(await outcome(probe, { ...item, path })).toBe('PROBE_FAILED');
    }
    expect(asked).toEqual([]);
  });
});
