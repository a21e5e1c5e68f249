import { appendFileSync, linkSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../support/temp-folder';
import { afterSweeps, EVENTS_ONLY, Memory, pause, QUICK, until, type WatchedOptions, watched } from './watched';

const WAYS: [string, WatchedOptions][] = [
  ['by events alone', { timing: EVENTS_ONLY }],
  ['by polling', { timing: QUICK, settings: { poll: true } }],
];

describe.each(WAYS)('a watched folder, %s', (_title, options) => {
  it('takes files that come, empty and hidden ones too, with what lstat said', async () => {
    const root = tempFolder();
    const folder = watched(root, options);
    await folder.watcher.start();
    await folder.watcher.sweep();
    writeFileSync(join(root, 'a.txt'), 'abc');
    writeFileSync(join(root, 'empty'), '');
    writeFileSync(join(root, '.hidden'), 'h');
    await until(() => folder.names().length >= 3);
    expect(folder.names()).toEqual(['.hidden', 'a.txt', 'empty']);
    const file = folder.bursts.flat().find(({ relativePath }) => relativePath.toString() === 'a.txt');
    expect(file).toMatchObject({ path: Buffer.from(join(root, 'a.txt')), size: 3 });
  });

  it('takes a file that grows for a while once, whole', async () => {
    const root = tempFolder();
    const folder = watched(root, { ...options, settings: { ...options.settings, settleMs: 400 } });
    await folder.watcher.start();
    for (let part = 0; part < 20; part += 1) {
      appendFileSync(join(root, 'slow.bin'), 'x'.repeat(1000));
      await pause(60);
    }
    await until(() => folder.names().length > 0);
    await afterSweeps(folder);
    expect(folder.bursts.flat()).toMatchObject([{ size: 20_000 }]);
  });

  it('takes a file that is renamed into place, from outside and from an ignored name', async () => {
    const root = tempFolder();
    const outside = tempFolder();
    const folder = watched(root, options);
    await folder.watcher.start();
    writeFileSync(join(outside, 'x'), 'whole');
    renameSync(join(outside, 'x'), join(root, 'x'));
    writeFileSync(join(root, 'y.part'), 'half');
    await until(() => folder.names().length >= 1);
    await afterSweeps(folder);
    expect(folder.names()).toEqual(['x']);
    renameSync(join(root, 'y.part'), join(root, 'y'));
    await until(() => folder.names().length >= 2);
    expect(folder.names()).toEqual(['x', 'y']);
  });

  it('takes files of new nested folders that are filled at once', async () => {
    const root = tempFolder();
    const folder = watched(root, options);
    await folder.watcher.start();
    await folder.watcher.sweep();
    mkdirSync(join(root, 'a/b/c'), { recursive: true });
    writeFileSync(join(root, 'a/b/c/one'), '');
    writeFileSync(join(root, 'a/b/two'), '');
    await until(() => folder.names().length >= 2);
    expect(folder.names()).toEqual(['a/b/c/one', 'a/b/two']);
    writeFileSync(join(root, 'a/b/c/three'), '');
    await until(() => folder.names().length >= 3);
  });
});

describe('what a watched folder takes', () => {
  it('takes what was there at the start, after it was still', async () => {
    const root = tempFolder();
    mkdirSync(join(root, 'sub'));
    writeFileSync(join(root, 'sub/old'), 'x');
    utimesSync(join(root, 'sub/old'), 1, 1);
    const folder = watched(root, { timing: EVENTS_ONLY });
    await folder.watcher.start();
    await until(() => folder.names().length > 0);
    expect(folder.names()).toEqual(['sub/old']);
  });

  it('takes a file that still grows at the start only when it is whole', async () => {
    const root = tempFolder();
    const path = join(root, 'growing');
    writeFileSync(path, '');
    const folder = watched(root, { settings: { settleMs: 400 } });
    await folder.watcher.start();
    for (let part = 0; part < 15; part += 1) {
      appendFileSync(path, 'x');
      utimesSync(path, 1, 1); // some copiers keep the old time: the size still tells
      await pause(60);
    }
    await until(() => folder.names().length > 0);
    await afterSweeps(folder);
    expect(folder.bursts.flat()).toMatchObject([{ size: 15 }]);
  });

  it('takes a file once, over many sweeps and a restart', async () => {
    const root = tempFolder();
    writeFileSync(join(root, 'a'), 'x');
    const memory = new Memory();
    const first = watched(root, { memory });
    await first.watcher.start();
    await until(() => first.names().length > 0);
    await afterSweeps(first);
    expect(first.names()).toEqual(['a']);
    await first.watcher.close();
    const second = watched(root, { memory });
    await second.watcher.start();
    await afterSweeps(second);
    expect(second.names()).toEqual([]);
  });

  it('takes a file that was replaced or changed as a new one', async () => {
    const root = tempFolder();
    const path = join(root, 'a');
    writeFileSync(path, 'one');
    const folder = watched(root);
    await folder.watcher.start();
    await until(() => folder.names().length === 1);
    writeFileSync(`${path}.tmp`, 'two');
    utimesSync(`${path}.tmp`, 1, 1);
    renameSync(`${path}.tmp`, path);
    await until(() => folder.names().length === 2);
    appendFileSync(path, 'more');
    await until(() => folder.names().length === 3);
    await afterSweeps(folder);
    expect(folder.bursts.flat().map(({ size }) => size)).toEqual([3, 3, 7]);
  });

  it('never takes a file that is gone before it settled', async () => {
    const root = tempFolder();
    const folder = watched(root, { settings: { settleMs: 500 } });
    await folder.watcher.start();
    writeFileSync(join(root, 'short'), '');
    await folder.watcher.sweep();
    rmSync(join(root, 'short'));
    writeFileSync(join(root, 'stays'), '');
    await until(() => folder.names().length > 0);
    await afterSweeps(folder);
    expect(folder.names()).toEqual(['stays']);
  });

  it('takes each name of a file with two names', async () => {
    const root = tempFolder();
    writeFileSync(join(root, 'a'), 'x');
    linkSync(join(root, 'a'), join(root, 'b'));
    const folder = watched(root);
    await folder.watcher.start();
    await until(() => folder.names().length >= 2);
    expect(folder.names()).toEqual(['a', 'b']);
  });

  it('takes only direct children where it is not recursive', async () => {
    const root = tempFolder();
    mkdirSync(join(root, 'sub'));
    writeFileSync(join(root, 'sub/below'), '');
    const folder = watched(root, { settings: { recursive: false } });
    await folder.watcher.start();
    writeFileSync(join(root, 'direct'), '');
    mkdirSync(join(root, 'new'));
    writeFileSync(join(root, 'new/below'), '');
    await until(() => folder.names().length > 0);
    await afterSweeps(folder);
    expect(folder.names()).toEqual(['direct']);
  });

  it('takes nothing whose name is ignored, by default or by its settings', async () => {
    const root = tempFolder();
    const names = ['a.part', 'b.crdownload', 'c.TMP', '~$d.docx', '.~lock.e#', '.dropgate-f', 'Thumbs.db', 'g.bak'];
    for (const name of [...names, 'keep']) writeFileSync(join(root, name), '');
    mkdirSync(join(root, 'drafts'));
    writeFileSync(join(root, 'drafts/h'), '');
    const folder = watched(root, { settings: { ignore: ['*.bak', 'drafts'] } });
    await folder.watcher.start();
    writeFileSync(join(root, 'drafts/i'), '');
    await until(() => folder.names().length > 0);
    await afterSweeps(folder);
    expect(folder.names()).toEqual(['keep']);
  });
});
