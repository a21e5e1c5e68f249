import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DropgateError } from '../../../src-main/base/errors';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../../src-main/contract/channels';
import type { WindowAnswer } from '../../../src-main/contract/shell-schema';
import { encodePaths, ownArguments, readArguments } from '../../../src-main/shell/arguments';
import { type BridgeEnds, openBridge } from '../../../src-main/shell/bridge';
import { WindowEvents } from '../../../src-main/shell/window-events';
import { tempFolder } from '../../support/temp-folder';

/** A bridge whose ends answer with what they were asked. */
function bridge(own = true) {
  const asked: unknown[] = [];
  let handle: (event: never, payload: unknown) => Promise<WindowAnswer> = () => Promise.reject(new Error('not open'));
  const ends = {
    engine: (call: string, params: unknown) => {
      asked.push([call, params]);
      if (call === 'cancel') return Promise.reject(new DropgateError('ENGINE_GONE', 'it is gone'));
      return Promise.resolve('from the engine');
    },
    shell: { copy: async ({ text }: { text: string }) => ({ text }) },
    isOwnPage: () => own,
  } as unknown as BridgeEnds;
  openBridge(
    {
      handle: (channel, listener) => {
        expect(channel).toBe(CALL_CHANNEL);
        handle = listener as typeof handle;
      },
    },
    ends,
  );
  return { asked, call: (payload: unknown) => handle({} as never, payload) };
}

describe('the bridge', () => {
  it('hands a checked call to the engine or the shell', async () => {
    const { call, asked } = bridge();
    expect(await call({ to: 'engine', call: 'status', params: {} })).toEqual({ ok: true, result: 'from the engine' });
    expect(asked).toEqual([['status', {}]]);
    expect(await call({ to: 'shell', call: 'copy', params: { text: 'x' } })).toEqual({
      ok: true,
      result: { text: 'x' },
    });
  });

  it('answers with the error of the one who was asked', async () => {
    const { call } = bridge();
    const submission = '00000000-0000-4000-8000-000000000000';
    expect(await call({ to: 'engine', call: 'cancel', params: { submission } })).toEqual({
      ok: false,
      error: { code: 'ENGINE_GONE', message: 'it is gone', retryable: true },
    });
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'status'],
    ['an unknown end', { to: 'files', call: 'status', params: {} }],
    ['an unknown call', { to: 'engine', call: 'drop-all', params: {} }],
    ['a call of every object', { to: 'shell', call: 'toString', params: {} }],
    ['wrong parameters', { to: 'engine', call: 'cancel', params: { submission: '1' } }],
    ['a call that the shell alone makes', { to: 'engine', call: 'watch', params: {} }],
  ])('refuses %s', async (_title, payload) => {
    const { call, asked } = bridge();
    expect(await call(payload)).toMatchObject({ ok: false, error: { code: 'PROTOCOL' } });
    expect(asked).toEqual([]);
  });

  it('refuses every page but its own', async () => {
    const { call, asked } = bridge(false);
    expect(await call({ to: 'engine', call: 'status', params: {} })).toMatchObject({ ok: false });
    expect(asked).toEqual([]);
  });
});

describe('events of the window', () => {
  it('wait for the page where a person needs them; of the engine the newest counts', () => {
    const events = new WindowEvents();
    const sent: unknown[] = [];
    const listener = { send: (channel: string, message: unknown) => sent.push([channel, message]) };
    events.tellEngine({ kind: 'starting' });
    events.tellEngine({ kind: 'running', pid: 1, joined: false });
    events.paths({ paths: ['YQ=='] });
    events.paths({ paths: [] });
    events.open(listener);
    expect(sent).toEqual([
      [EVENT_CHANNEL, { event: 'engine', data: { kind: 'running', pid: 1, joined: false } }],
      [EVENT_CHANNEL, { event: 'paths', data: { paths: ['YQ=='] } }],
    ]);
    events.close();
    events.navigate({ view: 'results' });
    expect(sent).toHaveLength(2);
    events.open(listener);
    expect(sent).toHaveLength(4);
  });
});

describe('arguments', () => {
  it('are files to gate, and options of the engine', () => {
    expect(readArguments(['--data-dir', 'd', 'a.txt', '--config=/c.yaml', '--inspect=0', '--', '-b'], '/home')).toEqual(
      {
        engineOptions: ['--data-dir', '/home/d', '--config', '/c.yaml'],
        dataDir: '/home/d',
        paths: ['/home/a.txt', '/home/-b'],
      },
    );
  });

  it("begin behind the application's folder in a checkout, and behind the program when it is packaged", () => {
    const folder = tempFolder();
    expect(ownArguments(['/electron', '--no-sandbox', folder, join('x', 'y')], false)).toEqual([join('x', 'y')]);
    expect(ownArguments(['/dropgate', 'a'], true)).toEqual(['a']);
  });

  it('cross to the window as their bytes', () => {
    expect(encodePaths(['/ü'])).toEqual([Buffer.from('/ü').toString('base64')]);
  });
});
