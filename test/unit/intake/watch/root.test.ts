import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../support/temp-folder';
import { unprivileged } from '../unprivileged';
import { afterSweeps, EVENTS_ONLY, pause, until, type Watched, watched } from './watched';

const kinds = (folder: Watched) => folder.events.map(({ kind }) => kind);

describe('the watched folder itself', () => {
  it('may be missing at the start: said once, and watched when it comes', async () => {
    const root = join(tempFolder(), 'not', 'yet');
    const folder = watched(root, { timing: EVENTS_ONLY });
    await folder.watcher.start();
    await pause(500);
    expect(folder.events).toEqual([{ kind: 'missing', problem: expect.stringContaining(`${root} does not exist`) }]);
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, 'a'), '');
    await until(() => folder.names().length > 0);
    expect(kinds(folder)).toEqual(['missing', 'returned']);
    writeFileSync(join(root, 'b'), '');
    await until(() => folder.names().length > 1);
  });

  it('is picked up again when it was removed and made anew, and when another is moved into its place', async () => {
    const base = tempFolder();
    const root = join(base, 'in');
    mkdirSync(root);
    const folder = watched(root, { timing: EVENTS_ONLY });
    await folder.watcher.start();
    writeFileSync(join(root, 'a'), '');
    await until(() => folder.names().length === 1);
    rmSync(root, { recursive: true });
    await until(() => folder.events.length === 1);
    mkdirSync(root);
    await until(() => folder.events.length === 2);
    writeFileSync(join(root, 'b'), '');
    await until(() => folder.names().length === 2);
    mkdirSync(join(base, 'next'));
    writeFileSync(join(base, 'next/c'), '');
    renameSync(root, join(base, 'old'));
    renameSync(join(base, 'next'), root);
    await until(() => folder.names().length === 3);
    writeFileSync(join(root, 'd'), '');
    await until(() => folder.names().length === 4);
    expect(folder.names()).toEqual(['a', 'b', 'c', 'd']);
    expect(kinds(folder).slice(0, 2)).toEqual(['missing', 'returned']);
  });

  it('that cannot be read is said once with the cause, and watched when it can', async () => {
    const base = tempFolder();
    chmodSync(base, 0o755);
    const root = join(base, 'in');
    mkdirSync(root);
    writeFileSync(join(root, 'a'), '');
    chmodSync(root, 0);
    const folder = watched(root);
    await unprivileged(async () => {
      await folder.watcher.start();
      await afterSweeps(folder);
    });
    expect(folder.events[0]).toEqual({ kind: 'unreadable', problem: expect.stringContaining('permission denied') });
    expect(folder.names()).toEqual([]);
    chmodSync(root, 0o755);
    await until(() => folder.names().length > 0);
    expect(kinds(folder)).toEqual(['unreadable', 'returned']);
  });

  it('says once which folder inside it cannot be read, and takes the rest', async () => {
    const root = tempFolder();
    chmodSync(root, 0o755);
    mkdirSync(join(root, 'closed'));
    writeFileSync(join(root, 'closed/a'), '');
    chmodSync(join(root, 'closed'), 0);
    writeFileSync(join(root, 'b'), '');
    const folder = watched(root, { settings: { poll: true } });
    await unprivileged(async () => {
      await folder.watcher.start();
      await until(() => folder.names().length > 0);
      await afterSweeps(folder);
    });
    expect(folder.events).toEqual([
      { kind: 'refused', name: 'closed', problem: expect.stringContaining('permission denied') },
    ]);
    chmodSync(join(root, 'closed'), 0o755);
    await until(() => folder.names().length > 1);
    expect(folder.names()).toEqual(['b', 'closed/a']);
  });

  it('hears of new files in a folder inside it that was removed and made anew, or moved away and replaced', async () => {
    const base = tempFolder();
    const root = join(base, 'in');
    mkdirSync(join(root, 'sub/deep'), { recursive: true });
    const folder = watched(root, { timing: EVENTS_ONLY });
    await folder.watcher.start();
    writeFileSync(join(root, 'sub/deep/a'), '');
    await until(() => folder.names().length === 1);
    rmSync(join(root, 'sub'), { recursive: true });
    mkdirSync(join(root, 'sub/deep'), { recursive: true });
    await pause(500);
    writeFileSync(join(root, 'sub/deep/b'), '');
    await until(() => folder.names().length === 2);
    renameSync(join(root, 'sub'), join(base, 'away'));
    mkdirSync(join(root, 'sub/deep'), { recursive: true });
    await pause(500);
    writeFileSync(join(root, 'sub/deep/c'), '');
    await until(() => folder.names().length === 3);
    renameSync(join(root, 'sub'), join(root, 'moved'));
    await until(() => folder.names().length === 4);
    writeFileSync(join(root, 'moved/deep/d'), '');
    await until(() => folder.names().length === 5);
    expect(folder.names()).toEqual(['moved/deep/c', 'moved/deep/d', 'sub/deep/a', 'sub/deep/b', 'sub/deep/c']);
  });

  it('that is a file is unreadable, not empty', async () => {
    const root = join(tempFolder(), 'in');
    writeFileSync(root, '');
    const folder = watched(root);
    await folder.watcher.start();
    await folder.watcher.sweep();
    expect(folder.events).toEqual([{ kind: 'unreadable', problem: expect.stringContaining('is not a folder') }]);
  });

  it('may be named by a link', async () => {
    const base = tempFolder();
    mkdirSync(join(base, 'real'));
    symlinkSync('real', join(base, 'link'));
    const folder = watched(join(base, 'link'), { timing: EVENTS_ONLY });
    await folder.watcher.start();
    await folder.watcher.sweep();
    await pause(300);
    writeFileSync(join(base, 'real/a'), '');
    await until(() => folder.names().length > 0);
    expect(folder.bursts[0]?.[0]?.path.toString()).toBe(join(base, 'real/a'));
  });
});
