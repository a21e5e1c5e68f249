import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../support/temp-folder';
import { afterSweeps, EVENTS_ONLY, pause, until, watched } from './watched';

function bytesPath(root: string, latin1: string): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), Buffer.from(latin1, 'latin1')]);
}

describe('hostile entries of a watched folder', () => {
  it('takes names of any bytes, by events alone, with their true bytes', async () => {
    const root = tempFolder();
    const folder = watched(root, { timing: EVENTS_ONLY });
    await folder.watcher.start();
    await folder.watcher.sweep();
    await pause(300);
    const names = ['a\nb', '-rf', 'bad-\xff\xfe', 'n'.repeat(255), Buffer.from('cod\u202etxt.exe').toString('latin1')];
    for (const name of names) writeFileSync(bytesPath(root, name), '');
    mkdirSync(bytesPath(root, 'dir-\xff'));
    writeFileSync(bytesPath(root, 'dir-\xff/in\xfe'), '');
    await until(() => folder.names().length > names.length);
    expect(folder.names()).toEqual([...names, 'dir-\xff/in\xfe'].sort());
    for (const { path } of folder.bursts.flat()) expect(path.subarray(0, root.length).toString()).toBe(root);
  });

  it('takes later files of a folder whose name is no UTF-8, by events alone', async () => {
    const root = tempFolder();
    mkdirSync(bytesPath(root, 'dir-\xff'));
    const folder = watched(root, { timing: EVENTS_ONLY });
    await folder.watcher.start();
    await folder.watcher.sweep();
    writeFileSync(bytesPath(root, 'dir-\xff/later'), '');
    await until(() => folder.names().length > 0);
    expect(folder.names()).toEqual(['dir-\xff/later']);
  });

  it('never follows links, to files or folders, and says so once', async () => {
    const root = tempFolder();
    const outside = tempFolder();
    writeFileSync(join(outside, 'secret'), 'x');
    symlinkSync(outside, join(root, 'folder\n'));
    symlinkSync(join(outside, 'secret'), join(root, 'file'));
    symlinkSync('.', join(root, 'loop'));
    const folder = watched(root);
    await folder.watcher.start();
    writeFileSync(join(outside, 'later'), 'x');
    await afterSweeps(folder);
    expect(folder.names()).toEqual([]);
    const refused = folder.events.flatMap((event) => (event.kind === 'refused' ? [event.name] : []));
    expect(refused.sort()).toEqual(['file', 'folder\\n', 'loop']);
  });

  it('refuses a FIFO once, never opens it, and says it again after it was gone', async () => {
    const root = tempFolder();
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const folder = watched(root);
    await folder.watcher.start();
    await afterSweeps(folder);
    expect(folder.events).toEqual([
      { kind: 'refused', name: 'pipe', problem: expect.stringContaining('a FIFO, not a regular file') },
    ]);
    renameSync(join(root, 'pipe'), join(root, '.dropgate-away'));
    await folder.watcher.sweep();
    renameSync(join(root, '.dropgate-away'), join(root, 'pipe'));
    await until(() => folder.events.length > 1);
    expect(folder.names()).toEqual([]);
  });

  it('takes nothing through a folder that is swapped for a link while its files settle', async () => {
    const root = tempFolder();
    const outside = tempFolder();
    mkdirSync(join(root, 'sub'));
    writeFileSync(join(root, 'sub/a'), 'mine');
    const folder = watched(root, { settings: { settleMs: 400 } });
    await folder.watcher.start();
    await folder.watcher.sweep();
    renameSync(join(root, 'sub'), join(outside, 'sub'));
    symlinkSync(join(outside, 'sub'), join(root, 'sub'));
    writeFileSync(join(root, 'other'), '');
    await until(() => folder.names().length > 0);
    await afterSweeps(folder);
    expect(folder.names()).toEqual(['other']);
  });
});
