import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compactLedger } from '../../../src-main/pipeline/compact-ledger';
import { problemOf } from '../../../src-main/store/damage';
import { tempFolder } from '../../support/temp-folder';
import { openLedger } from '../store/ledger-fixtures';

const NEVER = new AbortController().signal;
const MIB = 1024 * 1024;

/** A ledger of which some 16 MB were pruned, in the middle of what stayed. */
async function prunedLedger() {
  const path = join(tempFolder(), 'ledger.db');
  const ledger = openLedger(path);
  const key = (n: number) => `key ${n}`;
  await ledger.commit(() => {
    for (let n = 0; n < 5000; n += 1) ledger.meta.set(key(n), 'x'.repeat(4000));
  });
  await ledger.commit(() => {
    for (let n = 0; n < 5000; n += 1) if (n % 5 > 0) ledger.meta.clear(key(n));
  });
  return { path, ledger, key };
}

describe('compactLedger', () => {
  it('gives room back that nothing uses, but for what it is told to keep, and loses nothing', async () => {
    const { path, ledger, key } = await prunedLedger();
    const free = ledger.room.freeBytes();
    expect(free).toBeGreaterThan(12 * MIB);
    expect(await compactLedger(ledger, NEVER, MIB)).toBe(free - ledger.room.freeBytes());
    expect(ledger.room.freeBytes()).toBeLessThanOrEqual(MIB);
    for (let n = 0; n < 5000; n += 5) expect(ledger.meta.get(key(n))).toHaveLength(4000);
    ledger.close();
    expect(statSync(path).size).toBeLessThan(8 * MIB);
    expect(problemOf(path)).toBeNull();
  });

  it('leaves a little room alone', async () => {
    const { ledger } = await prunedLedger();
    expect(await compactLedger(ledger, NEVER)).toBe(0);
  });

  it('ends early when it is told to', async () => {
    const { ledger } = await prunedLedger();
    expect(await compactLedger(ledger, AbortSignal.abort(), 0)).toBe(0);
  });
});
