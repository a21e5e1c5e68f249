import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Pulse } from '../../../../src-main/contract/pulse';
import { currentText } from '../../../../src-renderer/i18n/text';
import { announcementOf } from '../../../../src-renderer/state/announcement';
import { hashOf, routeOf } from '../../../../src-renderer/state/navigation';
import { chooseOnly, chooseRange, createSelection, forget, toggle } from '../../../../src-renderer/state/selection';
import { actUnlessUndone, tellProblem, UNDO_MS, useToasts } from '../../../../src-renderer/state/toasts';
import { FakeBridge } from '../../../support/fake-bridge';

describe('the address', () => {
  it.each(['drop', 'results/42', 'folders/%2Fsrv%2Fa%20b'])('leads there and back: %s', (address) => {
    expect(hashOf(routeOf(`#/${address}`))).toBe(`#/${address}`);
  });

  it.each(['', '#', '#/nowhere', '#/%E0%A4%A'])('leads to Drop when it is none: "%s"', (address) => {
    expect(routeOf(address)).toEqual({ view: 'drop', path: [] });
  });
});

describe('a selection', () => {
  it('grows by a range from its anchor, toggles, and lets go of what is gone', () => {
    const selection = createSelection();
    chooseOnly(selection, 3, 'd');
    chooseRange(selection, 5, ['d', 'e', 'f']);
    expect(selection.getState()).toMatchObject({ active: 5, anchor: 3 });
    toggle(selection, 4, 'e');
    forget(selection, ['f']);
    expect([...selection.getState().ids]).toEqual(['d']);
  });
});

describe('an act that can be undone', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    useToasts.setState({ toasts: [] });
  });
  afterEach(() => vi.useRealTimers());

  it('is done only when the time for "undo" is over', () => {
    const [act, undone] = [vi.fn(), vi.fn()];
    actUnlessUndone('a.txt is deleted', act, undone);
    vi.advanceTimersByTime(UNDO_MS - 1);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect([act.mock.calls.length, undone.mock.calls.length, useToasts.getState().toasts.length]).toEqual([1, 0, 0]);
  });

  it('is never done after "undo"', () => {
    const [act, undone] = [vi.fn(), vi.fn()];
    actUnlessUndone('a.txt is deleted', act, undone);
    useToasts.getState().toasts[0]?.undo?.();
    vi.advanceTimersByTime(UNDO_MS * 2);
    expect([act.mock.calls.length, undone.mock.calls.length]).toEqual([0, 1]);
  });

  it('keeps its "undo" however many problems are told after it', () => {
    actUnlessUndone('a.txt is deleted', vi.fn(), vi.fn());
    for (let at = 0; at < 9; at += 1) tellProblem(`problem ${at}`);
    expect(useToasts.getState().toasts.some(({ undo }) => undo !== null)).toBe(true);
  });
});

describe('what is announced', () => {
  let pulse: Pulse;
  beforeEach(() => {
    new FakeBridge({ items: 1 }).on((_event, data) => {
      pulse = data as Pulse;
    });
  });

  it('is how many files ended and with which verdicts, in one sentence', () => {
    const now = {
      ...pulse,
      ended: { ...pulse.ended, clean: pulse.ended.clean + 9, infected: pulse.ended.infected + 1 },
    };
    expect(announcementOf(currentText(), pulse, now)).toBe('10 files ended: 9 clean, 1 infected');
  });

  it('is that the gate closed, and why', () => {
    const now: Pulse = { ...pulse, gate: { open: false, reason: 'ClamAV is away.', probe: 'clamav' } };
    expect(announcementOf(currentText(), pulse, now)).toBe('Gate closed: ClamAV is away.');
  });

  it('is nothing when another engine counts from nothing', () => {
    expect(announcementOf(currentText(), pulse, { ...pulse, pid: 1, ended: { ...pulse.ended, clean: 0 } })).toBe('');
  });
});
