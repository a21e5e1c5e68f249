import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, pauseAll } from '../../../../src-renderer/state/connection';
import { useDrop } from '../../../../src-renderer/state/drop';
import { useEngine } from '../../../../src-renderer/state/engine';
import { useLanguage } from '../../../../src-renderer/state/language';
import { changePreferences, usePreferences } from '../../../../src-renderer/state/preferences';
import { currentPulse, setPulse } from '../../../../src-renderer/state/pulse';
import { useToasts } from '../../../../src-renderer/state/toasts';
import { FakeBridge } from '../../../support/fake-bridge';

const page = { dataset: {} as Record<string, string>, lang: '' };
let bridge: FakeBridge;
let end: () => void;

function open(dropgate: FakeBridge | undefined): void {
  const media = { matches: false, addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal('window', { dropgate, matchMedia: () => media, location: { hash: '' } });
  vi.stubGlobal('document', { documentElement: page });
  end = connect();
}

beforeEach(() => {
  setPulse(null);
  useToasts.setState({ toasts: [] });
  bridge = new FakeBridge({ items: 1, language: 'fr', theme: 'dark' });
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
  useLanguage.setState({ language: 'en' });
});

describe('a window that is joined to its shell', () => {
  it('has language, theme, engine and pulse from it', async () => {
    open(bridge);
    await vi.waitFor(() => expect(useEngine.getState().state.kind).toBe('running'));
    await vi.waitFor(() => expect(page).toEqual({ dataset: { theme: 'dark' }, lang: 'fr' }));
    await pauseAll(true);
    expect(currentPulse()?.paused).toBe(true);
  });

  it('believes nothing that an engine said that is gone', async () => {
    open(bridge);
    await vi.waitFor(() => expect(useEngine.getState().state.kind).toBe('running'));
    bridge.push({ event: 'engine', data: { kind: 'restarting', problem: 'exit code 1', attempt: 1 } });
    expect([currentPulse(), useEngine.getState().state.kind]).toEqual([null, 'restarting']);
  });

  it('gives paths from outside to the Drop view', () => {
    open(bridge);
    bridge.push({ event: 'paths', data: { paths: ['L2E='] } });
    expect([useDrop.getState().given, window.location.hash]).toEqual([['L2E='], '#/drop']);
  });

  it('takes a preference back that could not be kept', async () => {
    open(bridge);
    await vi.waitFor(() => expect(usePreferences.getState().preferences?.theme).toBe('dark'));
    const error = { code: 'INTERNAL', message: 'the disk is full', retryable: true };
    vi.spyOn(bridge, 'call').mockResolvedValue({ ok: false, error });
    await expect(changePreferences({ theme: 'light' })).rejects.toMatchObject(error);
    expect([usePreferences.getState().preferences?.theme, page.dataset.theme]).toEqual(['dark', 'dark']);
  });
});

it('a page without its shell says so', () => {
  open(undefined);
  expect(
    useToasts
      .getState()
      .toasts.map(({ text }) => text)
      .join(),
  ).toContain('not connected to Dropgate');
});
