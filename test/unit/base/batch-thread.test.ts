import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BatchThread } from '../../../src-main/base/batch-thread';
import type { FolderAnswer, FolderQuestion } from '../../../src-main/sinks/folder/small-file';
import { tempFolder } from '../../support/temp-folder';

const questionFor = (root: string, name: string): FolderQuestion => ({
  root,
  folders: [name],
  small: null,
});

function newThread(): BatchThread<FolderQuestion, FolderAnswer> {
  const thread = new BatchThread<FolderQuestion, FolderAnswer>('folder-worker');
  onTestFinished(() => thread.close());
  return thread;
}

test('each of many questions at once has its own answer, also behind one that fails', async () => {
  const thread = newThread();
  const root = tempFolder();
  const missing = thread.ask(questionFor(join(root, 'missing'), 'x'));
  const asked = Array.from({ length: 200 }, (_, index) => thread.ask(questionFor(root, String(index % 100))));
  await expect(missing).rejects.toMatchObject({ code: 'ENOENT' });
  const folders = (await Promise.all(asked)).map((answer) => (answer.kind === 'unnamed' ? answer.folder : null));
  expect(folders).toEqual(asked.map((_, index) => join(root, String(index % 100))));
});

test('a thread that ends fails what it owes, and the next question has another one', async () => {
  const thread = newThread();
  const root = tempFolder();
  const owed = thread.ask(questionFor(root, 'one'));
  await Promise.all([expect(owed).rejects.toMatchObject({ code: 'SINK_UNAVAILABLE' }), thread.close()]);
  expect((await thread.ask(questionFor(root, 'two'))).kind).toBe('unnamed');
});

test('what a thread owed when it ended is not done by its successor', async () => {
  const thread = newThread();
  const root = tempFolder();
  await thread.ask(questionFor(root, 'first'));
  const owed = thread.ask(questionFor(root, 'owed'));
  const ended = thread.close();
  const next = thread.ask(questionFor(root, 'next'));
  await expect(owed).rejects.toMatchObject({ code: 'SINK_UNAVAILABLE' });
  await Promise.all([ended, next]);
  expect(readdirSync(root).sort()).toEqual(['first', 'next']);
});
