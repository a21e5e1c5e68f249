import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Stager } from '../../../src-main/intake/stager';
import { tempFolder } from '../../support/temp-folder';
import { hashesOf, requestFor } from './stage-requests';

function newStager(threads?: number): Stager {
  const stager = new Stager(threads);
  onTestFinished(() => stager.close());
  return stager;
}

describe('Stager', () => {
  it('answers each of a thousand requests at once with its own file', async () => {
    const folder = tempFolder();
    const stager = newStager();
    const files = Array.from({ length: 1000 }, (_, index) => {
      const path = join(folder, `file-${index}`);
      const bytes = randomBytes((index * 37) % 5000);
      writeFileSync(path, bytes);
      return { path, bytes, destination: join(folder, `copy-${index}`) };
    });
    const answers = await Promise.all(
      files.map(({ path, destination }) => stager.stage(requestFor(path, { destination }))),
    );
    for (const [index, { bytes, destination }] of files.entries()) {
      expect(answers[index]).toMatchObject({ kind: 'staged', size: bytes.length, hashes: hashesOf(bytes) });
      expect(readFileSync(destination).equals(bytes)).toBe(true);
    }
  });

  it('goes on behind what cannot be taken', async () => {
    const folder = tempFolder();
    const path = (name: string) => join(folder, name);
    execFileSync('mkfifo', [path('fifo')]);
    symlinkSync('file', path('link'));
    writeFileSync(path('file'), 'abc');
    const stager = newStager(1);
    const names = ['fifo', 'link', 'missing', 'file'];
    const answers = await Promise.all(names.map((name) => stager.stage(requestFor(path(name)))));
    const reasons = answers.map((answer) => (answer.kind === 'problem' ? answer.problem.reason : answer.kind));
    expect(reasons).toEqual(['unsupported', 'unsupported', 'unreadable', 'staged']);
  });

  it('takes names of any bytes across the thread', async () => {
    const source = Buffer.concat([Buffer.from(`${tempFolder()}/`), Buffer.from([0xff, 0x0a, 0x2d])]);
    writeFileSync(source, 'abc');
    expect(await newStager().stage(requestFor(source))).toMatchObject({ kind: 'staged', size: 3 });
  });

  it('fails, and does not hang, what it still owes when it is closed', async () => {
    const path = join(tempFolder(), 'large');
    writeFileSync(path, '');
    truncateSync(path, 20 * 1024 ** 3);
    const stager = newStager();
    const owed = stager.stage(requestFor(path));
    await stager.close();
    expect(await owed).toMatchObject({ kind: 'failed', message: expect.stringContaining('intake thread') });
  });

  it('does not let a large file hold up a small one for ever', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'large'), '');
    truncateSync(join(folder, 'large'), 20 * 1024 ** 3);
    writeFileSync(join(folder, 'small'), 'abc');
    const stager = newStager();
    let isLargeDone = false;
    void stager.stage(requestFor(join(folder, 'large'))).then(() => {
      isLargeDone = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 1200)); // by now the thread has said so, or was silent for a second
    expect(await stager.stage(requestFor(join(folder, 'small')))).toMatchObject({ kind: 'staged', size: 3 });
    expect(isLargeDone).toBe(false);
  });
});
