import { describe, expect, it } from 'vitest';
import { cacheKey } from '../../../src-main/pipeline/cache';
import { openLedger, planOf } from '../store/ledger-fixtures';
import { AWAY, FakeProbe, FOUND, ITEM, NOTHING, READY } from './fake-probe';

const { manifest } = new FakeProbe();
const plan = planOf();
const key = cacheKey(manifest, READY, ITEM, plan);
const named = { ...manifest, dependsOn: 'content+name' } as const;

describe('cacheKey', () => {
  it.each([
    ['content', cacheKey(manifest, READY, { ...ITEM, hashes: { ...ITEM.hashes, sha256: 'b'.repeat(64) } }, plan)],
    ['probe', cacheKey({ ...manifest, id: 'two' }, READY, ITEM, plan)],
    ['engine version', cacheKey(manifest, { ...READY, engineVersion: '1.1' }, ITEM, plan)],
    ['database version', cacheKey(manifest, { ...READY, databaseVersion: '8' }, ITEM, plan)],
    ['options', cacheKey({ ...manifest, options: 'all' }, READY, ITEM, plan)],
    ['limit of the probe', cacheKey(manifest, { ...READY, maxBytes: 5 }, ITEM, plan)],
    ['limits', cacheKey(manifest, READY, ITEM, planOf({ limits: { ...plan.limits, archiveDepth: 1 } }))],
    ['passwords', cacheKey(manifest, READY, ITEM, planOf({ passwords: ['secret'] }))],
  ])('is another one for another %s', (_what, other) => {
    expect(other).not.toBeNull();
    expect(other).not.toBe(key);
  });

  it('looks at the name only where the result depends on it, and then at its very bytes', () => {
    const renamed = (byte: number) => ({ ...ITEM, name: Buffer.from([byte]) });
    expect(cacheKey(manifest, READY, renamed(0xff), plan)).toBe(key);
    expect(cacheKey(named, READY, renamed(0xff), plan)).not.toBe(cacheKey(named, READY, renamed(0xfe), plan));
  });

  it.each([
    ['is not ready', AWAY],
    ['does not know its engine', { ...READY, engineVersion: null }],
    ['does not know its database', { ...READY, databaseVersion: null }],
  ])('is none for a probe that %s', (_what, health) => {
    expect(cacheKey(manifest, health, ITEM, plan)).toBeNull();
  });

  it('is none for a probe that cannot see what its results depend on', () => {
    expect(cacheKey({ ...manifest, options: null }, READY, ITEM, plan)).toBeNull();
  });
});

describe('the kept reports', () => {
  it('are found again, the newest for each key', async () => {
    const ledger = openLedger();
    await ledger.commit(() => ledger.cache.remember('k', NOTHING, 1));
    await ledger.commit(() => ledger.cache.remember('k', FOUND, 2));
    expect(ledger.cache.find('k')).toEqual(FOUND);
    expect(ledger.cache.find('other')).toBeNull();
  });
});
