import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  checkChanges,
  readConfiguration,
  useConfigurationStore,
  writeChanges,
} from '../../../../src-renderer/state/configuration';
import { FakeBridge } from '../../../support/fake-bridge';

/** A bridge whose engine is between two configurations for the first `away` calls. */
class AwayBridge extends FakeBridge {
  away = 0;
  override async call(...asked: Parameters<FakeBridge['call']>): ReturnType<FakeBridge['call']> {
    if (this.away === 0) return super.call(...asked);
    this.away -= 1;
    return { ok: false, error: { code: 'ENGINE_GONE', message: 'the engine ended', retryable: true } };
  }
}

let bridge: AwayBridge;
const change = { path: ['retention', 'historyDays'], value: 30 };

beforeEach(() => {
  bridge = new AwayBridge({ items: 0 });
  vi.stubGlobal('window', { dropgate: bridge });
  useConfigurationStore.setState({ configuration: null, problem: null });
});
afterEach(() => vi.unstubAllGlobals());

describe('the configuration', () => {
  it('is written with the version that it was read with, so that nobody else is overwritten', async () => {
    await readConfiguration();
    await writeChanges([change]);
    expect(bridge.asked.find(({ call }) => call === 'settings-write')?.params).toEqual({
      changes: [change],
      checkOnly: false,
      version: '1',
    });
    expect(bridge.asked.at(-1)?.call).toBe('settings-read');
  });

  it('is only checked while a person types', async () => {
    await readConfiguration();
    expect(await checkChanges([{ ...change, value: 'nowhere' }])).toMatchObject([{ path: change.path }]);
    expect(bridge.asked.at(-1)?.params).toMatchObject({ checkOnly: true });
  });

  it('is asked for again while the engine takes over a new one', async () => {
    bridge.away = 1;
    await readConfiguration();
    expect(useConfigurationStore.getState()).toMatchObject({ problem: null, configuration: { version: '1' } });
  });

  it('stays as it was told last when it cannot be read, with what is wrong', async () => {
    await readConfiguration();
    vi.stubGlobal('window', { dropgate: new FakeBridge({ items: 0, failing: ['settings-read'] }) });
    await readConfiguration();
    const { configuration, problem } = useConfigurationStore.getState();
    expect(configuration?.version).toBe('1');
    expect(problem).toContain('settings-read');
  });
});
