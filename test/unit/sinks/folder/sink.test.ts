import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BatchThread } from '../../../../src-main/base/batch-thread';
import { createFolderSink } from '../../../../src-main/sinks/folder/sink';
import type { FolderAnswer, FolderQuestion } from '../../../../src-main/sinks/folder/small-file';
import { tempFolder } from '../../../support/temp-folder';
import { codeOf, never, outgoing } from '../outgoing';

test('a published file is read-only, and its folders are ordinary ones', async () => {
  const dir = tempFolder();
  const { location } = await createFolderSink('outbox', dir).put(outgoing(tempFolder(), Buffer.from('x')), never);
  expect(statSync(Buffer.from(location)).mode & 0o222).toBe(0);
  expect(statSync(join(dir, readdirSync(dir)[0] ?? '', 'docs')).mode & 0o700).toBe(0o700);
});

test('a file that arrived before has arrived, also when its staged bytes are gone', async () => {
  const dir = tempFolder();
  const sink = createFolderSink('outbox', dir);
  const item = outgoing(tempFolder(), Buffer.from('x'), { submission: 's' });
  const { location } = await sink.put(item, never);
  rmSync(item.path);
  expect(await sink.put(item, never)).toEqual({ location });
  const absent = { ...item, submission: 't' };
  expect(await codeOf(sink.put(absent, never))).toBe('INTEGRITY');
  expect(readdirSync(dir).sort()).toEqual(['s', 't']);
});

test.each([
  ['the folder of the submission', 's', 's/docs/a.pdf'],
  ['a folder inside', 's/docs', 'docs/a.pdf'],
])('a link in the place of %s leads nowhere', async (_, planted) => {
  const dir = tempFolder();
  const outside = tempFolder();
  mkdirSync(join(dir, planted, '..'), { recursive: true });
  symlinkSync(outside, join(dir, planted));
  const item = outgoing(tempFolder(), Buffer.from('x'), { submission: 's' });
  expect(await codeOf(createFolderSink('outbox', dir).put(item, never))).toBe('SINK_REFUSED');
  expect(readdirSync(outside)).toEqual([]);
});

test('a link in the place of the file is neither followed nor replaced, even to the same bytes', async () => {
  const dir = tempFolder();
  const outside = join(tempFolder(), 'target');
  writeFileSync(outside, 'x');
  mkdirSync(join(dir, 's/docs'), { recursive: true });
  symlinkSync(outside, join(dir, 's/docs/a.pdf'));
  const item = outgoing(tempFolder(), Buffer.from('x'), { submission: 's' });
  expect(await codeOf(createFolderSink('outbox', dir).put(item, never))).toBe('SINK_REFUSED');
  expect(readFileSync(outside, 'utf8')).toBe('x');
});

test('a file where a folder must be, and a folder where the file must be, are refused', async () => {
  const dir = tempFolder();
  mkdirSync(join(dir, 's'));
  writeFileSync(join(dir, 's', 'docs'), 'a file');
  const sink = createFolderSink('outbox', dir);
  expect(await codeOf(sink.put(outgoing(tempFolder(), Buffer.from('x'), { submission: 's' }), never))).toBe(
    'SINK_REFUSED',
  );
  mkdirSync(join(dir, 't', 'docs', 'a.pdf'), { recursive: true });
  expect(await codeOf(sink.put(outgoing(tempFolder(), Buffer.from('x'), { submission: 't' }), never))).toBe(
    'SINK_REFUSED',
  );
});

test('the destination itself may be a link', async () => {
  const dir = join(tempFolder(), 'link');
  symlinkSync(tempFolder(), dir);
  const { location } = await createFolderSink('outbox', dir).put(outgoing(tempFolder(), Buffer.from('x')), never);
  expect(existsSync(Buffer.from(location))).toBe(true);
});

test('a destination that does not exist is not made, and the next step is told', async () => {
  const dir = join(tempFolder(), 'share');
  const sink = createFolderSink('outbox', dir);
  const outcome = await sink.put(outgoing(tempFolder(), Buffer.from('x')), never).catch((error: unknown) => error);
  expect(outcome).toMatchObject({ code: 'SINK_UNAVAILABLE', retryable: true });
  expect(String(outcome)).toContain(`${dir}`);
  expect(String(outcome)).toContain('mount');
  expect(existsSync(dir)).toBe(false);
});

test('names of any length that the file system does not take are refused', async () => {
  const sink = createFolderSink('outbox', tempFolder());
  const item = outgoing(tempFolder(), Buffer.from('x'), { relativePath: Buffer.from('x'.repeat(256)) });
  expect(await codeOf(sink.put(item, never))).toBe('SINK_REFUSED');
});

test('a destination that hangs is not waited for by who gave up', async () => {
  const hangs = { ask: () => new Promise<never>(() => undefined), close: async () => undefined };
  const sink = createFolderSink('outbox', tempFolder(), hangs);
  const controller = new AbortController();
  const put = sink.put(outgoing(tempFolder(), Buffer.from('x')), controller.signal);
  controller.abort(new Error('given up'));
  await expect(put).rejects.toThrow('given up');
});

test('the files of a slow destination go by the pool after some, and arrive all the same', async () => {
  const thread = new BatchThread<FolderQuestion, FolderAnswer>('folder-worker');
  const small: boolean[] = [];
  const slow = {
    ask: async (question: FolderQuestion) => {
      small.push(question.small !== null);
      return { ...(await thread.ask(question)), tookMs: 30 };
    },
    close: () => thread.close(),
  };
  const sink = createFolderSink('outbox', tempFolder(), slow);
  onTestFinished(() => sink.close?.());
  const staged = tempFolder();
  for (let file = 0; file < 10; file += 1) {
    const { location } = await sink.put(outgoing(staged, Buffer.from(String(file))), never);
    expect(readFileSync(Buffer.from(location), 'utf8')).toBe(String(file));
  }
  expect([small[0], small.at(-1)]).toEqual([true, false]);
});
