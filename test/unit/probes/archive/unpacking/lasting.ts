import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { limitsSchema } from '../../../../../src-main/contract/settings';
import { FileWindow } from '../../../../../src-main/probes/archive/file-window';
import { ScanNotes } from '../../../../../src-main/probes/archive/scan-notes';
import { childOpener } from '../../../../../src-main/probes/archive/unpacking/child-opener';
import { unpackCommand } from '../../../../../src-main/probes/archive/unpacking/command';
import type { UnpackerName } from '../../../../../src-main/probes/archive/unpacking/registry';
import { UnpackingChildren } from '../../../../../src-main/probes/archive/unpacking/unpacking-children';
import { tempFolder } from '../../../../support/temp-folder';

export interface Opened {
  readonly coverage: string;
  readonly members: readonly string[];
  readonly told: string;
}

export interface LastingChildren {
  /** Opens content in one of them. `mend`: changes the path that the child is told. */
  open(unpacker: UnpackerName, content: string | Buffer, mend?: (path: string) => string): Promise<Opened>;
  /** Ids of all that were started so far. */
  started(): number[];
  close(): void;
}

/** Unpacking children of a test's own. `command`: starts one; that of the build unless told. */
export function lastingChildren(command = unpackCommand(), idleMs?: number): LastingChildren {
  const folder = tempFolder();
  const starts = join(folder, 'starts');
  mkdirSync(starts);
  // it may write no file, but make a folder
  const counted = ['sh', '-c', 'mkdir "$0/$$" && exec "$@"', starts, ...command];
  const children = new UnpackingChildren(counted, idleMs);
  onTestFinished(() => children.close());
  let files = 0;
  const open: LastingChildren['open'] = async (unpacker, content, mend = (path) => path) => {
    files += 1;
    const path = join(folder, `item-${files}`);
    writeFileSync(path, content);
    const size = Buffer.byteLength(content);
    const window = await FileWindow.open(path, size);
    const notes = new ScanNotes();
    const members: string[] = [];
    const hashes = { sha256: '', sha1: null, md5: null };
    try {
      await childOpener(
        children,
        unpacker,
      )({
        item: { path: mend(path), name: Buffer.from('item'), size, hashes, type: null },
        window,
        container: { kind: 'a kind', opener: null },
        context: {
          limits: limitsSchema.parse({}),
          passwords: [],
          begins: () => undefined,
          isOverLimit: () => false,
          addChild: async (_name, bytes) => {
            const parts: Uint8Array[] = [];
            if (bytes instanceof Uint8Array) parts.push(bytes);
            else for await (const part of bytes) parts.push(part);
            members.push(Buffer.concat(parts).toString());
          },
        },
        notes,
        signal: new AbortController().signal,
      });
    } finally {
      await window.close();
    }
    const { coverage } = notes;
    if (coverage.kind === 'complete') return { coverage: coverage.kind, members, told: '' };
    return { coverage: coverage.reason, members, told: coverage.detail };
  };
  return {
    open,
    started: () => readdirSync(starts).map(Number),
    close: () => children.close(),
  };
}

/** A child that answers in its own way: `answer` is the body of a function of `say(letter, job, body)` and `job`. */
export function childThat(answer: string): string[] {
  const program = `
    const { writeSync } = require('node:fs');
    const say = (letter, job, body = '') => {
      const head = Buffer.alloc(9);
      head.write(letter);
      head.writeUInt32LE(job, 1);
      head.writeUInt32LE(Buffer.byteLength(body), 5);
      writeSync(1, Buffer.concat([head, Buffer.from(body)]));
    };
    const done = (job, members = 0, takesMore = true) => say('Z', job, JSON.stringify({ members, takesMore }));
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const job = JSON.parse(line).number;
      ${answer}
    });`;
  return [process.execPath, '-e', program];
}
