import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IpcResult } from '../../../../src-main/contract/ipc-schema';
import type { WindowAnswer } from '../../../../src-main/contract/shell-schema';
import { readDestinations, useDestinationHealth } from '../../../../src-renderer/state/destination-health';
import { FakeBridge } from '../../../support/fake-bridge';

type Healths = IpcResult<'destinations'>['destinations'];

/** A window whose engine answers when the test says so. */
function slowEngine(): ((healths: Healths) => void)[] {
  const answers: ((healths: Healths) => void)[] = [];
  const call = () =>
    new Promise<WindowAnswer>((resolve) =>
      answers.push((destinations) => resolve({ ok: true, result: { destinations } })),
    );
  vi.stubGlobal('window', { dropgate: { call } });
  return answers;
}

const NOTHING = useDestinationHealth.getInitialState();
const REST = { kind: 'folder', state: 'ready', problem: null, notes: [], waiting: 0, oldest: null, nextTry: null };
const health = (id: string) => ({ id, ...REST, state: 'ready' as const });

beforeEach(() => useDestinationHealth.setState(NOTHING));
afterEach(() => vi.unstubAllGlobals());

describe('whether destinations can be reached', () => {
  it('is what was asked for last, however late older answers come', async () => {
    const answers = slowEngine();
    const both = [readDestinations(), readDestinations()];
    answers[1]?.([health('new')]);
    answers[0]?.([health('old')]);
    await Promise.all(both);
    expect(useDestinationHealth.getState()).toMatchObject({ healths: [{ id: 'new' }], isReading: false });
  });

  it('is not known once it could not be read, and known again afterwards', async () => {
    vi.stubGlobal('window', { dropgate: new FakeBridge({ items: 1, failing: ['destinations'] }) });
    await readDestinations();
    expect(useDestinationHealth.getState().problem).toContain('could not be read');
    vi.stubGlobal('window', { dropgate: new FakeBridge({ items: 1 }) });
    await readDestinations();
    expect(useDestinationHealth.getState().problem).toBeNull();
    expect(useDestinationHealth.getState().healths).not.toBeNull();
  });
});
