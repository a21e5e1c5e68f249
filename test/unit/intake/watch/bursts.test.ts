import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../support/temp-folder';
import { afterSweeps, EVENTS_ONLY, pause, QUICK, until, watched } from './watched';

describe('bursts', () => {
  it('makes one burst of files that come together', async () => {
    const root = tempFolder();
    const folder = watched(root, { timing: { ...QUICK, quietMs: 600 } });
    await folder.watcher.start();
    for (let index = 0; index < 200; index += 1) writeFileSync(join(root, String(index)), '');
    await until(() => folder.bursts.length > 0);
    await afterSweeps(folder);
    expect(folder.bursts.map(({ length }) => length)).toEqual([200]);
  });

  it('hands over a file at once when no other settles that could come along', async () => {
    const root = tempFolder();
    const folder = watched(root, { timing: { ...QUICK, quietMs: 3_600_000, longestBurstMs: 3_600_000 } });
    await folder.watcher.start();
    writeFileSync(join(root, 'alone'), '');
    await until(() => folder.bursts.length > 0);
    writeFileSync(join(root, 'again alone'), '');
    await until(() => folder.bursts.length > 1);
    expect(folder.bursts.map(([file]) => String(file?.relativePath))).toEqual(['alone', 'again alone']);
  });

  it('takes each of 5,000 files in folders and bursts once, at most 1,000 a burst and two bursts at once', async () => {
    const root = tempFolder();
    let running = 0;
    let most = 0;
    const folder = watched(root, {
      before: async () => {
        running += 1;
        most = Math.max(most, running);
        await pause(150);
        running -= 1;
      },
    });
    await folder.watcher.start();
    for (let index = 0; index < 5000; index += 1) {
      const dir = join(root, `d${index % 40}`);
      if (index < 40) mkdirSync(dir);
      await writeFile(join(dir, String(index)), 'x');
    }
    await until(() => folder.names().length >= 5000);
    await afterSweeps(folder);
    expect(folder.names()).toHaveLength(5000);
    expect(new Set(folder.names()).size).toBe(5000);
    expect(Math.max(...folder.bursts.map(({ length }) => length))).toBeLessThanOrEqual(1000);
    expect(most).toBeLessThanOrEqual(2);
  });

  it('misses none of 300 nested folders that are filled as they are made', async () => {
    const root = tempFolder();
    const folder = watched(root, { timing: EVENTS_ONLY });
    await folder.watcher.start();
    await folder.watcher.sweep();
    for (let index = 0; index < 300; index += 1) {
      mkdirSync(join(root, `n${index}/a/b`), { recursive: true });
      writeFileSync(join(root, `n${index}/a/b/x`), '');
      writeFileSync(join(root, `n${index}/y`), '');
      if (index % 20 === 0) await pause(5);
    }
    await until(() => folder.names().length >= 600);
    await afterSweeps(folder);
    expect(new Set(folder.names()).size).toBe(600);
    expect(folder.names()).toHaveLength(600);
  });

  it('offers files again when a burst is rejected, says why, and then takes them once', async () => {
    const root = tempFolder();
    let rejected = 0;
    const folder = watched(root, {
      timing: EVENTS_ONLY,
      before: async () => {
        if (rejected++ < 2) throw new Error('the ledger is busy');
      },
    });
    for (let index = 0; index < 5; index += 1) writeFileSync(join(root, String(index)), '');
    await folder.watcher.start();
    await until(() => folder.names().length > 0);
    await afterSweeps(folder);
    expect(folder.names()).toEqual(['0', '1', '2', '3', '4']);
    expect(folder.events).toHaveLength(2);
    expect(folder.events[0]).toMatchObject({ kind: 'error', problem: expect.stringContaining('the ledger is busy') });
  });

  it('does not offer files again that a rejected burst left known', async () => {
    const root = tempFolder();
    writeFileSync(join(root, 'a'), '');
    writeFileSync(join(root, 'b'), '');
    const offered: number[] = [];
    const folder = watched(root, {
      timing: EVENTS_ONLY,
      before: async (files) => {
        offered.push(files.length);
        if (offered.length > 1) return;
        for (const file of files.slice(0, 1)) folder.memory.remember(file);
        throw new Error('half of it');
      },
    });
    await folder.watcher.start();
    await until(() => folder.names().length > 0);
    expect(offered).toEqual([2, 1]);
  });

  it('does not offer a file while it is being handed over, but its next state after that', async () => {
    const root = tempFolder();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let calls = 0;
    const folder = watched(root, {
      before: async () => {
        calls += 1;
        await held;
      },
    });
    writeFileSync(join(root, 'a'), '1');
    await folder.watcher.start();
    await until(() => calls === 1);
    appendFileSync(join(root, 'a'), '2');
    await afterSweeps(folder);
    expect(calls).toBe(1);
    release();
    await until(() => folder.names().length === 2);
    await afterSweeps(folder);
    expect(folder.bursts.flat().map(({ size }) => size)).toEqual([1, 2]);
  });

  it('takes nothing while paused, and everything after resume', async () => {
    const root = tempFolder();
    const folder = watched(root, { timing: EVENTS_ONLY, settings: { settleMs: 300 } });
    await folder.watcher.start();
    writeFileSync(join(root, 'settling'), '');
    await folder.watcher.sweep();
    folder.watcher.pause();
    writeFileSync(join(root, 'later'), '');
    await pause(1000);
    expect(folder.names()).toEqual([]);
    await folder.watcher.resume();
    await until(() => folder.names().length >= 2);
    expect(folder.names()).toEqual(['later', 'settling']);
    writeFileSync(join(root, 'after'), '');
    await until(() => folder.names().length >= 3);
  });

  it('stays paused when its settings say so, until it is resumed', async () => {
    const root = tempFolder();
    writeFileSync(join(root, 'a'), '');
    const folder = watched(root, { settings: { paused: true } });
    await folder.watcher.start();
    await afterSweeps(folder);
    expect(folder.names()).toEqual([]);
    await folder.watcher.resume();
    await until(() => folder.names().length > 0);
  });

  it('waits for what is being handed over when it closes, and takes nothing after', async () => {
    const root = tempFolder();
    writeFileSync(join(root, 'a'), '');
    let began = false;
    const folder = watched(root, {
      before: async () => {
        began = true;
        await pause(300);
      },
    });
    await folder.watcher.start();
    await until(() => began);
    await folder.watcher.close();
    expect(folder.names()).toEqual(['a']);
    writeFileSync(join(root, 'b'), '');
    await folder.watcher.resume();
    await pause(600);
    expect(folder.names()).toEqual(['a']);
  });

  it('keeps trying when the memory of known files fails', async () => {
    const root = tempFolder();
    const folder = watched(root, { timing: EVENTS_ONLY });
    let failures = 0;
    const has = folder.memory.has.bind(folder.memory);
    folder.memory.has = (identity) => {
      if (failures++ < 2) throw new Error('disk on fire');
      return has(identity);
    };
    writeFileSync(join(root, 'a'), '');
    await folder.watcher.start();
    await until(() => folder.names().length > 0);
    expect(folder.events[0]).toMatchObject({ kind: 'error', problem: expect.stringContaining('disk on fire') });
  });
});
