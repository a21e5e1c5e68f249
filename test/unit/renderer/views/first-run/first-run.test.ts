import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../../../../../src-renderer/state/connection';
import { useDrop } from '../../../../../src-renderer/state/drop';
import { useDropSetup } from '../../../../../src-renderer/state/drop-setup';
import { useEngine } from '../../../../../src-renderer/state/engine';
import {
  beginFirstRun,
  goOnFrom,
  leaveFirstRun,
  showStep,
  tellStep,
  useFirstRun,
} from '../../../../../src-renderer/state/first-run';
import { useLanguage } from '../../../../../src-renderer/state/language';
import { usePreferences } from '../../../../../src-renderer/state/preferences';
import { setPulse } from '../../../../../src-renderer/state/pulse';
import { useToasts } from '../../../../../src-renderer/state/toasts';
import {
  forgetFirstDrop,
  takeFirstAgain,
  takeFirstDrop,
  takeFirstGiven,
  useFirstDrop,
} from '../../../../../src-renderer/views/first-run/first-drop';
import { leave } from '../../../../../src-renderer/views/first-run/leave';
import { FakeBridge, type FakeWorld } from '../../../../support/fake-bridge';

let bridge: FakeBridge;
let end: () => void;

async function open(world: Partial<FakeWorld> = {}): Promise<void> {
  bridge = new FakeBridge({ items: 1, firstRun: true, ...world });
  const media = { matches: false, addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal('window', { dropgate: bridge, matchMedia: () => media, location: { hash: '' } });
  vi.stubGlobal('document', { documentElement: { dataset: {}, lang: '' } });
  end = connect();
  await vi.waitFor(() => expect(useEngine.getState().state.kind).toBe('running'));
  await vi.waitFor(() => expect(usePreferences.getState().preferences?.firstRunDone).toBe(false));
}

const gated = () => bridge.asked.filter(({ call }) => call === 'gate').map(({ params }) => params);

beforeEach(() => {
  setPulse(null);
  forgetFirstDrop();
  useFirstRun.setState(useFirstRun.getInitialState());
  useDropSetup.setState({ setup: null, profile: 'default' });
  useDrop.setState({ given: null });
  usePreferences.setState({ preferences: null });
  useToasts.setState({ toasts: [] });
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
  useLanguage.setState({ language: 'en' });
});

describe('the first run', () => {
  it('goes on step by step, and calls skipped only what was not proved', async () => {
    await open();
    tellStep('probes', true);
    expect([goOnFrom('probes'), useFirstRun.getState().current]).toEqual([true, 'destination']);
    expect([goOnFrom('destination'), useFirstRun.getState().current]).toEqual([true, 'drop']);
    tellStep('drop', true);
    expect(goOnFrom('drop')).toBe(false);
    expect(useFirstRun.getState().ends).toEqual({ probes: 'proved', destination: 'skipped', drop: 'proved' });
  });

  it('takes back what was proved when a later test fails, and lets any step be opened', async () => {
    await open();
    tellStep('destination', true);
    tellStep('destination', false);
    showStep('destination');
    expect(useFirstRun.getState()).toMatchObject({ current: 'destination', ends: { destination: 'open' } });
  });

  it('is left for good, and can be begun again', async () => {
    await open();
    await leaveFirstRun();
    expect(usePreferences.getState().preferences?.firstRunDone).toBe(true);
    expect(useFirstRun.getState().wanted).toBe(false);
    beginFirstRun();
    expect([useFirstRun.getState().wanted, window.location.hash]).toEqual([true, '#/drop']);
  });

  it('never holds a person who cannot keep that it is done', async () => {
    await open({ failing: ['set-preferences'] });
    leave();
    await vi.waitFor(() => expect(useToasts.getState().toasts.map(({ kind }) => kind)).toEqual(['problem']));
    expect(useFirstRun.getState().wanted).toBe(false);
  });
});

describe('a first drop', () => {
  it('is gated with the profile of the Drop view and watched', async () => {
    await open();
    useDrop.setState({ given: ['L2E='] });
    takeFirstGiven();
    await vi.waitFor(() => expect(useFirstDrop.getState().submission).not.toBeNull());
    expect(gated()).toEqual([{ paths: ['L2E='], profile: null, probes: null, force: false, from: 'window' }]);
    expect(useDrop.getState().given).toBeNull();
  });

  it('that is refused is kept with the reason, and taken when a person says so', async () => {
    await open({ paused: true });
    await takeFirstDrop(['L2E=']);
    expect(useFirstDrop.getState().notTaken).toEqual({ paths: ['L2E='], why: { kind: 'paused' } });
    await takeFirstDrop(['L2I=']);
    await bridge.call('engine', 'pause', { dir: null, paused: false });
    takeFirstAgain();
    await vi.waitFor(() => expect(useFirstDrop.getState().submission).not.toBeNull());
    expect(gated()).toMatchObject([{ paths: ['L2E=', 'L2I='] }]);
    expect(useFirstDrop.getState().notTaken).toBeNull();
  });

  it('that the engine did not take goes on to the Drop view when the first run is left', async () => {
    await open({ failing: ['gate'] });
    await takeFirstDrop(['L2E=']);
    expect(useFirstDrop.getState().notTaken?.why).toMatchObject({ kind: 'problem' });
    leave();
    expect([useDrop.getState().given, useFirstDrop.getState().notTaken]).toEqual([['L2E='], null]);
  });

  it('that fails after the first run was left goes there too', async () => {
    await open({ failing: ['gate'] });
    const taking = takeFirstDrop(['L2E=']);
    leave();
    await taking;
    expect(useDrop.getState().given).toEqual(['L2E=']);
  });
});
