import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Limits } from '../../../src-main/contract/settings';
import { Transitions } from '../../../src-main/pipeline/transitions';
import { UntakenFiles } from '../../../src-main/pipeline/untaken';
import { tempFolder } from '../../support/temp-folder';
import { endingOf, LIMITS, newSubmission, openLedger, UNVERIFIED } from '../store/ledger-fixtures';
import { SetClock } from './fake-probe';

function identityOf(path: string) {
  const { dev, ino, size, mtimeNs } = statSync(path, { bigint: true });
  return { dev: String(dev), ino: String(ino), size: Number(size), mtimeNs: String(mtimeNs) };
}

/** A file of a watched folder that is held without its bytes. */
async function untakenFile() {
  const folder = tempFolder();
  const path = join(folder, 'a.txt');
  writeFileSync(path, 'ten bytes.');
  const ledger = openLedger();
  const transitions = new Transitions(ledger, new SetClock(), { custody: true });
  const submission = await newSubmission(ledger, { watchFolder: folder });
  const relativePath = Buffer.from('a.txt');
  const found = { relativePath, sourcePath: Buffer.from(path), skipped: null, refused: null };
  await transitions.receive(submission, [{ ...found, identity: identityOf(path) }]);
  const hold = async () => {
    const problem = { reason: 'unreadable', detail: 'it cannot be read' } as const;
    await transitions.decide(ledger.items.get(1), UNVERIFIED, { target: 'hold', problem, jobs: [] });
    await transitions.end('hold', 1, endingOf({ destination: null }));
  };
  await hold();
  const now: { limits: Limits | null; watched: boolean } = { limits: LIMITS, watched: true };
  const newEngine = () =>
    new UntakenFiles({ ledger, transitions, limitsOf: () => now.limits, takesFrom: () => now.watched });
  const again = () => transitions.receive(submission, [{ ...found, identity: identityOf(path) }]);
  const item = () => ledger.items.get(1);
  return { ledger, folder, path, now, hold, newEngine, again, item, files: newEngine() };
}

describe('a held file of a watched folder whose bytes could not be taken', () => {
  it('is received again, under the limits of now, when it can be read', async () => {
    const { files, item, now } = await untakenFile();
    now.limits = { ...LIMITS, fileBytes: 10 };
    expect(await files.look(item())).toBe(true);
    expect(item()).toMatchObject({ state: 'received', verdict: null, settledSeq: null, limits: now.limits });
  });

  it('stays while it is too large, its folder is not watched, or its profile is gone', async () => {
    const { files, item, now } = await untakenFile();
    for (const state of [
      { limits: { ...LIMITS, fileBytes: 9 }, watched: true },
      { limits: LIMITS, watched: false },
      { limits: null, watched: true },
    ]) {
      Object.assign(now, state);
      expect(await files.look(item())).toBe(false);
    }
    expect(item().state).toBe('held');
  });

  it('fails one engine only once, until something about the file is another', async () => {
    const { files, item, hold, newEngine, path } = await untakenFile();
    expect(await files.look(item())).toBe(true);
    await hold();
    expect(await files.look(item())).toBe(false);
    const next = newEngine();
    expect(await next.look(item())).toBe(true);
    await hold();
    chmodSync(path, 0o600);
    expect(await next.look(item())).toBe(true);
    await hold();
    expect(await next.retake(item(), { again: true })).toBe(true);
  });

  it('stays while the file is gone, is another kind, or was changed: what is new there is a new item', async () => {
    const { files, item, path } = await untakenFile();
    renameSync(path, `${path}.away`);
    expect(await files.look(item())).toBe(false);
    mkdirSync(path);
    expect(await files.look(item())).toBe(false);
    rmSync(path, { recursive: true });
    renameSync(`${path}.away`, path);
    appendFileSync(path, 'more');
    expect(await files.look(item())).toBe(false);
    expect(item().state).toBe('held');
  });

  it('ends when a newer file of its path was received, also in the very moment', async () => {
    const { ledger, files, item, path, again } = await untakenFile();
    const held = item();
    appendFileSync(path, 'more');
    await again();
    const late = new Transitions(ledger, new SetClock(), { custody: true });
    const { sourceIdentity: identity } = held;
    if (identity === null) throw new Error('it has no identity');
    const folder = ledger.submissions.get(held.submissionId).plan.watchFolder ?? '';
    await expect(late.retake(held, folder, identity, LIMITS)).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await files.look(held)).toBe(false);
    expect(item().state).toBe('deleted');
    expect(ledger.items.get(2).state).toBe('received');
  });

  it('that no watched folder offered is left to a person', async () => {
    const { ledger, files } = await untakenFile();
    const submission = await newSubmission(ledger);
    const transitions = new Transitions(ledger, new SetClock(), { custody: true });
    const path = Buffer.from('/in/b.txt');
    await transitions.receive(submission, [
      { relativePath: path, sourcePath: path, skipped: null, refused: null, identity: null },
    ]);
    expect(await files.look(ledger.items.get(2))).toBe(false);
    expect(await files.retake(ledger.items.get(2), { again: true })).toBe(false);
  });
});
