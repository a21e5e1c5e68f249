import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { takeOwnerLock } from '../../../src-main/store/lock';
import { tempFolder } from '../../support/temp-folder';

const sqlite = require.resolve('better-sqlite3');

/** Another process that has the lock as an engine has it, until it is killed. */
async function otherOwner(lock: string, folder: string): Promise<ChildProcess> {
  const program = join(folder, 'owner.cjs');
  const lines = [
    `const db = new (require(${JSON.stringify(sqlite)}))(process.argv[2], { timeout: 0 });`,
    "db.exec('BEGIN EXCLUSIVE');",
    "console.log('mine');",
    'setInterval(() => db.inTransaction, 1000);',
  ];
  writeFileSync(program, lines.join('\n'));
  const child = spawn(process.execPath, [program, lock], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(createInterface({ input: child.stdout }), 'line');
  return child;
}

describe('takeOwnerLock', () => {
  it('refuses a second process at once, naming the lock', async () => {
    const folder = tempFolder();
    const path = join(folder, 'lock.db');
    await otherOwner(path, folder);
    expect(() => takeOwnerLock(path)).toThrow(expect.objectContaining({ code: 'LEDGER_LOCKED', retryable: true }));
    expect(() => takeOwnerLock(path)).toThrow(path);
  });

  it('is free again when its owner was killed', async () => {
    const folder = tempFolder();
    const path = join(folder, 'lock.db');
    const owner = await otherOwner(path, folder);
    const gone = once(owner, 'exit');
    owner.kill('SIGKILL');
    await gone;
    const lock = takeOwnerLock(path);
    lock.release();
  });

  it('keeps another process out while it is held, and lets it in after its release', async () => {
    const folder = tempFolder();
    const path = join(folder, 'lock.db');
    const lock = takeOwnerLock(path);
    const attempt = () => {
      const program = `try { require(${JSON.stringify(sqlite)})(${JSON.stringify(path)}, { timeout: 0 }).exec('BEGIN EXCLUSIVE'); process.exitCode = 0; } catch { process.exitCode = 7; }`;
      return once(spawn(process.execPath, ['-e', program], { stdio: 'ignore' }), 'exit');
    };
    expect((await attempt())[0]).toBe(7);
    lock.release();
    expect((await attempt())[0]).toBe(0);
  });

  it('says what is wrong when the lock cannot be made at all', () => {
    expect(() => takeOwnerLock(join(tempFolder(), 'missing', 'lock.db'))).toThrow();
  });
});
