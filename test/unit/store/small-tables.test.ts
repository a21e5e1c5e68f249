import { describe, expect, it } from 'vitest';
import type { ProbeReport } from '../../../src-main/contract/probe-report';
import { newSubmission, openLedger, planOf } from './ledger-fixtures';

const IDENTITY = { dev: '1', ino: '18446744073709551615', size: 3, mtimeNs: '1700000000000000001' };

describe('files that were taken', () => {
  it.each([{ dev: '2' }, { ino: '2' }, { size: 4 }, { mtimeNs: '1700000000000000002' }])(
    'are other files with %j',
    async (change) => {
      const ledger = openLedger();
      const path = Buffer.from([0xff, 0x2f, 0x61]);
      await ledger.commit(() => ledger.taken.remember('/in', path, IDENTITY));
      expect(ledger.taken.has('/in', path, IDENTITY)).toBe(true);
      expect(ledger.taken.has('/in', path, { ...IDENTITY, ...change })).toBe(false);
      expect(ledger.taken.has('/in', Buffer.from([0xfe, 0x2f, 0x61]), IDENTITY)).toBe(false);
    },
  );
});

describe('exceptions of analysts', () => {
  it('are found by the content they are for', async () => {
    const ledger = openLedger();
    expect(ledger.exceptions.of('a')).toEqual([]);
    const exception = { sha256: 'a', probes: ['yara'], reason: 'ours', createdAt: 1, expiresAt: null };
    const id = await ledger.commit(() => ledger.exceptions.add(exception));
    expect(ledger.exceptions.of('a')).toEqual([{ ...exception, id }]);
    expect(ledger.exceptions.of('b')).toEqual([]);
  });
});

describe('kept reports', () => {
  it('are parsed before they are believed', async () => {
    const ledger = openLedger();
    const garbage = { statement: 'clean' } as unknown as ProbeReport;
    await ledger.commit(() => ledger.cache.remember('key', garbage, 1));
    expect(() => ledger.cache.find('key')).toThrow(expect.objectContaining({ code: 'LEDGER_CORRUPT' }));
  });
});

describe('submissions', () => {
  it('keep their plan as it was promised', async () => {
    const ledger = openLedger();
    const id = await newSubmission(ledger, { passwords: ['geheim', 'пароль'] });
    const submission = ledger.submissions.get(id);
    expect(submission.plan).toEqual(planOf({ passwords: ['geheim', 'пароль'] }));
    expect(ledger.submissions.find(submission.guid)).toEqual(submission);
    expect(ledger.submissions.find('other')).toBeNull();
  });

  it('are sealed one by one, and at a start all but those that still receive files', async () => {
    const ledger = openLedger();
    const [one, two] = [await newSubmission(ledger), await newSubmission(ledger)];
    const sealed = () => [one, two].map((id) => ledger.submissions.get(id).sealed);
    expect(sealed()).toEqual([false, false]);
    await ledger.commit(() => ledger.submissions.seal(one));
    expect(sealed()).toEqual([true, false]);
    const { guid } = ledger.submissions.get(two);
    await ledger.commit(() => ledger.submissions.sealAll([guid]));
    expect(sealed()).toEqual([true, false]);
    await ledger.commit(() => ledger.submissions.sealAll([]));
    expect(sealed()).toEqual([true, true]);
  });

  it('may not share a guid', async () => {
    const ledger = openLedger();
    const create = () => ledger.commit(() => ledger.submissions.create('same', 'test', planOf(), 1));
    await create();
    await expect(create()).rejects.toThrow();
  });
});

describe('single facts', () => {
  it('are set, replaced and cleared', async () => {
    const ledger = openLedger();
    await ledger.commit(() => ledger.meta.set('key', 'one'));
    await ledger.commit(() => ledger.meta.set('key', 'two'));
    expect(ledger.meta.get('key')).toBe('two');
    await ledger.commit(() => ledger.meta.clear('key'));
    expect(ledger.meta.get('key')).toBeNull();
  });
});
