import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileIdentity } from '../../../src-main/contract/submission';
import { identityOf } from '../../../src-main/intake/stage-file';
import { pruneTaken } from '../../../src-main/pipeline/prune-taken';
import { tempFolder } from '../../support/temp-folder';
import { endingOf, newSubmission, openLedger } from '../store/ledger-fixtures';

const NEVER = new AbortController().signal;

/** A watched folder of which so many files were taken, as `0`, `1`... */
async function taken(count: number) {
  const folder = tempFolder();
  const ledger = openLedger();
  const names = Array.from({ length: count }, (_none, index) => `${index}`);
  const identities = new Map<string, FileIdentity>();
  await ledger.commit(() => {
    for (const name of names) {
      writeFileSync(join(folder, name), name);
      identities.set(name, identityOf(statSync(join(folder, name), { bigint: true })));
      ledger.taken.remember(folder, Buffer.from(name), identities.get(name) ?? never());
    }
  });
  const known = () =>
    names.filter((name) => ledger.taken.has(folder, Buffer.from(name), identities.get(name) ?? never()));
  return { folder, ledger, names, known, identities };
}

function never(): never {
  throw new Error('no such file');
}

describe('pruneTaken', () => {
  it('forgets files that are gone, in many pages, and keeps those that are there', async () => {
    const { folder, ledger, names, known } = await taken(350);
    for (const name of names.slice(0, 200)) rmSync(join(folder, name));
    expect(await pruneTaken(ledger, NEVER)).toBe(200);
    expect(known()).toEqual(names.slice(200));
  });

  it('keeps all of a folder that is away', async () => {
    const { folder, ledger, names, known } = await taken(3);
    rmSync(folder, { recursive: true });
    expect(await pruneTaken(ledger, NEVER)).toBe(0);
    expect(known()).toEqual(names);
    mkdirSync(folder);
  });

  it('keeps all of a folder that lies on another disk now: its share is not mounted', async () => {
    const { folder, ledger, identities } = await taken(1);
    const elsewhere = { ...(identities.get('0') ?? never()), dev: '999999' };
    await ledger.commit(() => ledger.taken.remember(folder, Buffer.from('0'), elsewhere));
    rmSync(join(folder, '0'));
    expect(await pruneTaken(ledger, NEVER)).toBe(0);
    expect(ledger.taken.has(folder, Buffer.from('0'), elsewhere)).toBe(true);
  });

  it('keeps a file that is held because it was never taken', async () => {
    const { folder, ledger, known } = await taken(2);
    const submission = await newSubmission(ledger, { watchFolder: folder });
    await ledger.commit(() => {
      const place = {
        submissionId: submission,
        relativePath: Buffer.from('1'),
        sourcePath: Buffer.from(join(folder, '1')),
      };
      const id = ledger.moves.receive({ ...place, problem: null, identity: null, now: 1 });
      const verdict = { kind: 'unverified', reason: 'limit_exceeded', rule: 'r', sentence: 's' } as const;
      ledger.moves.decide(id, verdict, { settles: false, problem: null, now: 2 });
      ledger.moves.dispose(id, 'hold');
      ledger.moves.end('hold', id, endingOf({ destination: null }));
    });
    for (const name of ['0', '1']) rmSync(join(folder, name));
    expect(await pruneTaken(ledger, NEVER)).toBe(1);
    expect(known()).toEqual(['1']);
  });
});
