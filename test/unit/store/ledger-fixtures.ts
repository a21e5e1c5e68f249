import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ItemState } from '../../../src-main/contract/states';
import type { Plan } from '../../../src-main/contract/submission';
import type { Verdict } from '../../../src-main/contract/verdict';
import type { Ending, StagedFacts } from '../../../src-main/store/item-moves';
import { Ledger } from '../../../src-main/store/ledger';
import { tempFolder } from '../../support/temp-folder';

export const LIMITS: Plan['limits'] = {
  fileBytes: 2 * 1024 ** 3,
  archiveDepth: 17,
  archiveFiles: 10_000,
  archiveBytes: 4 * 1024 ** 3,
  archiveRatio: 200,
  seconds: 120,
};

export function planOf(changes: Partial<Plan> = {}): Plan {
  return {
    mode: 'gate',
    profile: 'default',
    probes: ['one', 'two'],
    required: ['one', 'two'],
    limits: LIMITS,
    passwords: ['infected'],
    destination: 'cleared',
    source: 'keep',
    watchFolder: null,
    force: false,
    describeAll: false,
    ...changes,
  };
}

export const CLEAN: Verdict = { kind: 'clean', rule: 'all_clean', sentence: 'every probe found nothing' };
export const UNVERIFIED: Verdict = { kind: 'unverified', reason: 'probe_missing', rule: 'r', sentence: 's' };

export const STAGED: StagedFacts = {
  stagedPath: '/staging/item-1',
  identity: { dev: '1', ino: '2', size: 3, mtimeNs: '4' },
  size: 3,
  hashes: { sha256: 'a'.repeat(64), sha1: null, md5: null },
  type: { mime: 'text/plain', description: 'text', unknown: false },
};

export function endingOf(changes: Partial<Ending> = {}): Ending {
  return {
    destination: Buffer.from('/there/a.txt'),
    report: null,
    stagedPath: null,
    problem: null,
    sourcePending: false,
    now: 9,
    ...changes,
  };
}

/** A ledger in a folder of its own; closed and removed after the test. */
export function openLedger(path = join(tempFolder(), 'ledger.db')): Ledger {
  const ledger = new Ledger(path);
  onTestFinished(() => ledger.close());
  return ledger;
}

export function newSubmission(ledger: Ledger, changes: Partial<Plan> = {}): Promise<number> {
  return ledger.commit(() => ledger.submissions.create(randomUUID(), 'test', planOf(changes), 1));
}

/** Received item of a submission, by its id. */
export function receiveItem(ledger: Ledger, submissionId: number, name = 'a.txt'): number {
  const sourcePath = Buffer.from(`/source/${name}`);
  const relativePath = Buffer.from(name);
  return ledger.moves.receive({ submissionId, relativePath, sourcePath, problem: null, identity: null, now: 1 });
}

/** The legal way to every state that a received item can reach. */
const WAYS: Partial<Record<ItemState, readonly ((ledger: Ledger, id: number) => void)[]>> = (() => {
  const scanning = [(ledger: Ledger, id: number) => ledger.moves.stageAndStart(id, STAGED)];
  const decide = (ledger: Ledger, id: number) =>
    ledger.moves.decide(id, CLEAN, { settles: false, problem: null, now: 5 });
  const decided = [...scanning, decide];
  const disposing = [...decided, (ledger: Ledger, id: number) => ledger.moves.dispose(id, 'forward')];
  const end = (transition: 'forward' | 'quarantine' | 'hold') => (ledger: Ledger, id: number) =>
    ledger.moves.end(transition, id, endingOf());
  const held = [...disposing, end('hold')];
  return {
    received: [],
    staged: [...held, (ledger, id) => ledger.moves.retry(id, '/staging/again', null)],
    planned: [...scanning, (ledger, id) => ledger.moves.requeue(id)],
    scanning,
    decided,
    disposing,
    forwarded: [...disposing, end('forward')],
    quarantined: [...disposing, end('quarantine')],
    held,
    released: [...held, (ledger, id) => ledger.moves.release(id, Buffer.from('/out'))],
    deleted: [...held, (ledger, id) => ledger.moves.delete(id)],
    cancelled: [(ledger, id) => ledger.moves.cancel(id, UNVERIFIED, 6)],
  };
})();

/** Id of a fresh item that went the legal way to `state`. */
export function itemIn(ledger: Ledger, submissionId: number, state: ItemState): number {
  if (state === 'skipped') {
    const relativePath = Buffer.from('link');
    return ledger.moves.skip({ submissionId, relativePath, sourcePath: relativePath, now: 1 }, 'a symbolic link');
  }
  const id = receiveItem(ledger, submissionId);
  for (const step of WAYS[state] ?? []) step(ledger, id);
  return id;
}
