import { describe, expect, test } from 'vitest';
import { currentFormat } from '../../../../src-renderer/format/use-format';
import { currentText } from '../../../../src-renderer/i18n/text';
import { custodyEntries } from '../../../../src-renderer/parts/item/custody-entries';
import { piecesOf } from '../../../../src-renderer/parts/item/links';
import { ratioWords } from '../../../../src-renderer/parts/item/said';
import { expiryOf, foundBy } from '../../../../src-renderer/parts/item-acts/found-by';
import { pageOf, rowOf } from '../../../support/fake-bridge-items';

const infected = pageOf(rowOf(1, 0));

describe('page of an item', () => {
  test('its ratio counts probes that found something among all, failed and skipped ones included', () => {
    expect(ratioWords(currentText(), infected.item.jobs)).toBe('2 of 5 probes found something');
  });

  test('its ratio never says that none found anything where a probe failed, was skipped or saw a part', () => {
    const { jobs } = pageOf(rowOf(2, 0)).item;
    const [first, second] = jobs;
    if (first === undefined || second === undefined) throw new Error('the stub has no jobs');
    const part = { ...second, coverage: { kind: 'incomplete', reason: 'limit_exceeded', detail: 'a part' } } as const;
    const failed = { ...first, state: 'error', statement: null, coverage: null } as const;
    const say = (...some: typeof jobs) => ratioWords(currentText(), some);
    expect(say(...jobs)).toBe('3 of 5 probes found nothing');
    expect(say(first, second)).toBe('2 probes, none found anything');
    expect(say(first, part)).toBe('1 of 2 probes found nothing');
    expect(say(failed)).toBe('1 probe, which has not checked the whole file');
    expect(say(failed, part)).toBe('2 probes, none has checked the whole file');
  });

  test('its time line shows the log in order, with the time of each probe where it was decided', () => {
    const page = {
      ...infected,
      custody: [
        { seq: 1, at: '2026-11-21T14:02:11.000Z', event: 'received', data: '{}' },
        { seq: 2, at: '2026-11-21T14:02:11.100Z', event: 'decided', data: '{"verdict":"infected"}' },
        { seq: 3, at: '2026-11-21T14:02:11.200Z', event: 'quarantined', data: '{"problem":null}' },
        { seq: 4, at: '2026-11-21T14:03:00.000Z', event: 'released', data: '{"reason":"asked by Ana"}' },
        { seq: 5, at: '2026-11-21T14:04:00.000Z', event: 'from-tomorrow', data: 'no json' },
      ],
    };
    const entries = custodyEntries(page, (probe) => probe.toUpperCase(), currentText(), currentFormat());
    expect(entries.map(({ title }) => title)).toEqual([
      'Received',
      'Decided',
      'Quarantined',
      'Restored',
      'from-tomorrow',
    ]);
    expect(entries[1]?.detail).toMatch(/^CLAMAV 12\u00a0ms · YARA 9\u00a0ms/);
    expect(entries[3]?.detail).toBe('asked by Ana');
    expect(entries[4]?.detail).toBeUndefined();
  });

  test('an exception can name only probes whose findings have an effect, each once', () => {
    const [first] = infected.item.findings;
    if (first === undefined) throw new Error('the sample has findings');
    const findings = [
      ...infected.item.findings,
      { ...first, name: 'Other' },
      { ...first, probe: 'file-type', severity: 'info' as const },
    ];
    expect(foundBy({ item: { ...infected.item, findings } })).toEqual(['clamav', 'yara']);
  });

  test('an exception ends after the chosen days, or never', () => {
    expect(expiryOf('7', Date.UTC(2026, 0, 1))).toBe('2026-01-08T00:00:00.000Z');
    expect(expiryOf(undefined, 0)).toBeNull();
    expect(expiryOf('12', 0)).toBeNull();
  });

  test('only https addresses in guidance become links, without the full stop behind them', () => {
    const pieces = piecesOf('See https://a.example/x?y=1. Never javascript:alert(1) or http://b.example');
    expect(pieces.filter(({ link }) => link).map(({ text }) => text)).toEqual(['https://a.example/x?y=1']);
    expect(pieces.map(({ text }) => text).join('')).toBe(
      'See https://a.example/x?y=1. Never javascript:alert(1) or http://b.example',
    );
  });
});
