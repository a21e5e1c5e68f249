import { expect, it } from 'vitest';
import { scanInTime } from '../../../src-main/pipeline/scan-in-time';
import type { Probe } from '../../../src-main/probes/probe';
import { tempFolder } from '../../support/temp-folder';
import { ENDLESS_RULE, itemOf, openProbe, put } from '../probes/yara/support';
import { LIMITS } from '../store/ledger-fixtures';

/** Less than the files before it take together, and more than each for itself. */
const MS = 2000;

function scan(probe: Probe, path: string): Promise<unknown> {
  const context = {
    limits: LIMITS,
    passwords: [],
    addChild: () => Promise.reject(new Error('no children')),
    isOverLimit: () => false,
  };
  return scanInTime(probe, itemOf(path), context, MS, new AbortController().signal);
}

it('YARA files that wait behind endless ones have their own time', { timeout: 60_000 }, async () => {
  const folder = tempFolder();
  const probe = openProbe({ processes: 1, rules: [put(folder, 'rules/endless.yar', ENDLESS_RULE)] });
  await probe.describe(AbortSignal.timeout(30_000));
  const endless = ['one', 'two'].map((name) => scan(probe, put(folder, name, 'S and so on')));
  const quick = Array.from({ length: 4 }, (_, n) => scan(probe, put(folder, `quick-${n}`, `text ${n}`)));
  const ends = await Promise.allSettled([...endless, ...quick]);
  expect(ends.slice(0, 2)).toMatchObject([
    { reason: { code: 'PROBE_TIMEOUT' } },
    { reason: { code: 'PROBE_TIMEOUT' } },
  ]);
  for (const end of ends.slice(2)) expect(end).toMatchObject({ value: { statement: 'nothing_found' } });
});
