import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { TestGate } from '../support/cli';
import { makeZip } from '../support/corpus';
import { type LedgerItem, ledgerItems } from '../support/ledger-view';
import type { Random } from '../support/random';
import { EICAR } from '../support/temp-folder';

/** What was put at one path: the hashes of its contents, oldest first, and how each must end. */
interface Fed {
  readonly path: string;
  readonly end: 'forwarded' | 'quarantined';
  readonly contents: string[];
}

const LARGE_BYTES = 9 * 1024 * 1024;
/** One in so many is fed again under the path of an earlier one. */
const AGAIN = 6;

/** Feeds watched folders with files of many kinds, of which no two that are clean have the same bytes. */
export class Feeder {
  private readonly folders: readonly string[];
  private readonly random: Random;
  private readonly fed = new Map<string, Fed>();
  private number = 0;

  /** `folders`: each is named by its own last name, which all relative paths in it begin with. */
  constructor(folders: readonly string[], random: Random) {
    this.folders = folders;
    this.random = random;
  }

  /** Puts `files` in place, each at once: a watched folder sees it whole, or not at all. */
  feed(files: number): void {
    for (let left = files; left > 0; left -= 1) {
      const earlier = [...this.fed.values()].filter(({ end }) => end === 'forwarded');
      const again = this.random(AGAIN) === 0 ? earlier[this.random(earlier.length)] : undefined;
      this.put(again ?? this.next());
    }
  }

  private next(): Fed {
    this.number += 1;
    const kind = this.random(10);
    const end = kind < 2 ? 'quarantined' : 'forwarded';
    const ending = kind < 1 ? 'com' : kind < 4 ? 'zip' : kind < 5 ? 'bin' : 'txt';
    const folder = this.folders[this.random(this.folders.length)] ?? '';
    const below = ['', 'sub', 'sub/deep'][this.random(3)] ?? '';
    return { path: join(folder, basename(folder), below, `${this.number}.${ending}`), end, contents: [] };
  }

  private put({ path, end, contents }: Fed): void {
    const partial = `${path}.part`;
    mkdirSync(dirname(path), { recursive: true });
    const own = `${basename(path)} for the ${contents.length + 1}. time\n`;
    if (path.endsWith('.zip')) makeZip(partial, { 'a.txt': own, 'b.txt': end === 'forwarded' ? 'harmless' : EICAR });
    else if (path.endsWith('.com')) writeFileSync(partial, EICAR);
    else if (path.endsWith('.bin') && this.random(3) === 0) writeFileSync(partial, Buffer.alloc(LARGE_BYTES, own));
    else writeFileSync(partial, own);
    contents.push(createHash('sha256').update(readFileSync(partial)).digest('hex'));
    renameSync(partial, path);
    this.fed.set(this.nameOf(path), { path, end, contents });
  }

  private nameOf(path: string): string {
    const folder = this.folders.find((each) => path.startsWith(`${each}/`)) ?? '';
    return path.slice(folder.length + 1);
  }

  /** What is not yet where it should end, one line each. */
  unfinished(gate: TestGate): string[] {
    const items = rootsOf(gate);
    const open = items.filter(({ state, sourcePending }) => !ENDED.includes(state) || sourcePending === 1);
    const missing = [...this.fed].filter(([name, { contents }]) => {
      const last = contents.at(-1);
      return !items.some((item) => item.name === name && item.sha256 === last);
    });
    return [...open.map(({ name, state }) => `${name} ${state}`), ...missing.map(([name]) => `${name} missing`)];
  }

  /** Each content was taken once and ended as it must; of a file that was replaced at least the last one was. */
  check(gate: TestGate): void {
    const items = rootsOf(gate);
    const taken = items.filter(({ state }) => state !== 'deleted');
    const keys = taken.map(({ name, sha256 }) => `${name} ${sha256}`);
    expect.soft(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    for (const { name, sha256, state } of taken) {
      const fed = this.fed.get(name);
      expect.soft(fed?.end, `${name} is ${state}`).toBe(state);
      expect.soft(fed?.contents, name).toContain(sha256);
    }
    for (const { name, sha256 } of items.filter(({ state }) => state === 'deleted'))
      expect.soft(sha256, name).toBeNull();
    expect.soft(this.unfinished(gate)).toEqual([]);
  }

  /** Sources of a folder that is kept are as they were put there. */
  checkKept(folder: string): void {
    for (const { path, contents } of this.fed.values()) {
      if (!path.startsWith(`${folder}/`)) continue;
      expect.soft(createHash('sha256').update(readFileSync(path)).digest('hex'), path).toBe(contents.at(-1));
    }
  }

  /** Sources of a folder whose files are moved are gone. */
  checkMoved(folder: string): void {
    const left = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
    expect.soft(left.map(({ name }) => name)).toEqual([]);
  }
}

/** `deleted`: never taken, because a newer file came to its path. Nothing here may be held for long. */
const ENDED = ['forwarded', 'quarantined', 'deleted'];

function rootsOf(gate: TestGate): LedgerItem[] {
  return ledgerItems(gate.dataDir).filter(({ parent }) => parent === null);
}
