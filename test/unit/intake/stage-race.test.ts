import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { stageFile } from '../../../src-main/intake/stage-file';
import { tempFolder } from '../../support/temp-folder';
import { hashesOf, requestFor } from './stage-requests';

const SIZE = 2 * 1024 * 1024;
const TAKES = 60;

/** What a writer of its own process does to the file for ever, and what whole contents look like. */
const WRITERS: Record<string, { readonly loop: string; readonly isWhole: (bytes: Buffer) => boolean }> = {
  // every byte tells its offset, so that any length that the file ever had can be recognised
  'grows and is cut back': {
    loop: `const fd = fs.openSync(path, 'a+'); let at = 0;
      loop(() => { if (at > ${SIZE}) { fs.ftruncateSync(fd, 0); at = 0; }
        const next = Buffer.from(Array.from({ length: 65536 }, (_, index) => (at + index) % 251));
        fs.writeSync(fd, next); at += 65536; });`,
    isWhole: (bytes) => bytes.every((byte, index) => byte === index % 251),
  },
  // every generation is one byte value over and over
  'is replaced by others of one size': {
    loop: `let generation = 0;
      loop(() => { generation = (generation + 1) % 256; fs.writeFileSync(path + '.new', Buffer.alloc(${SIZE}, generation));
        fs.renameSync(path + '.new', path); });`,
    isWhole: (bytes) => bytes.length === SIZE && bytes.every((byte) => byte === bytes[0]),
  },
};

async function startWriter(path: string, loop: string): Promise<void> {
  const program = `const fs = require('node:fs'); const path = process.argv[1];
    const loop = (step) => { step(); step(); console.log('writing'); for (;;) step(); };
    ${loop}`;
  const writer = spawn(process.execPath, ['-e', program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void writer.kill('SIGKILL'));
  await once(createInterface({ input: writer.stdout }), 'line');
}

it.each(Object.entries(WRITERS))('a file that %s is called changed or taken whole', async (_what, writer) => {
  const folder = tempFolder();
  const source = join(folder, 'a');
  await startWriter(source, writer.loop);
  for (let take = 0; take < TAKES; take += 1) {
    const destination = join(folder, `copy-${take}`);
    const answer = await stageFile(requestFor(source, { destination }));
    if (answer.kind !== 'staged') {
      expect(answer).toMatchObject({ kind: 'problem', problem: { reason: 'changed' } });
      expect(existsSync(destination)).toBe(false);
      continue;
    }
    const copy = readFileSync(destination);
    expect(copy.length).toBe(answer.size);
    expect(hashesOf(copy)).toEqual(answer.hashes);
    expect(writer.isWhole(copy)).toBe(true);
    rmSync(destination);
  }
});
