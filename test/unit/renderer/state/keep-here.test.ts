import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  followAddress,
  go,
  goInstead,
  keepHere,
  type Route,
  useRoute,
} from '../../../../src-renderer/state/navigation';

/** As much of a browser's address as the window uses. */
class Address extends EventTarget {
  readonly location: { hash: string };
  readonly history = { replaceState: (_state: unknown, _title: string, hash: string) => this.put(hash) };
  private hash = '#/settings';

  constructor() {
    super();
    const here = this;
    this.location = {
      get hash() {
        return here.hash;
      },
      set hash(next: string) {
        here.put(next);
        here.dispatchEvent(new Event('hashchange'));
      },
    };
  }

  private put(hash: string): void {
    this.hash = hash;
  }
}

const SETTINGS: Route = { view: 'settings', path: [] };

let address: Address;
let end: () => void;
beforeEach(() => {
  address = new Address();
  vi.stubGlobal('window', address);
  end = followAddress();
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

describe('a view with unsaved changes', () => {
  it('stays, in the address too, and tells where the person wanted to go', () => {
    const wanted: Route[] = [];
    const release = keepHere(SETTINGS, (to) => wanted.push(to));
    go('results', '42');
    expect(useRoute.getState().view).toBe('settings');
    expect(address.location.hash).toBe('#/settings');
    expect(wanted).toEqual([{ view: 'results', path: ['42'] }]);
    release();
    go('results', '42');
    expect(useRoute.getState()).toMatchObject({ view: 'results', path: ['42'] });
  });

  it('can be moved about in', () => {
    const keeper = vi.fn();
    const release = keepHere(SETTINGS, keeper);
    go('settings', 'retention');
    expect(useRoute.getState().path).toEqual(['retention']);
    expect(keeper).not.toHaveBeenCalled();
    release();
  });

  it('is not let go by another one that was there before', () => {
    const first = keepHere(SETTINGS, vi.fn());
    const keeper = vi.fn();
    const second = keepHere(SETTINGS, keeper);
    first();
    go('queue');
    expect(keeper).toHaveBeenCalledOnce();
    second();
  });

  it('asks for one after the other of what is unsaved in it', () => {
    const release = [vi.fn(), vi.fn()].map((keeper) => ({ keeper, end: keepHere(SETTINGS, keeper) }));
    for (const { keeper, end } of release) {
      go('queue');
      expect(keeper).toHaveBeenCalledOnce();
      expect(useRoute.getState().view).toBe('settings');
      end();
    }
    go('queue');
    expect(useRoute.getState().view).toBe('queue');
  });

  it('is left also for the list of its own view, and not for what lies below it', () => {
    go('profiles', 'lab');
    const keeper = vi.fn();
    const release = keepHere({ view: 'profiles', path: ['lab'] }, keeper);
    go('profiles', 'lab', 'limits');
    expect(keeper).not.toHaveBeenCalled();
    go('profiles');
    expect(keeper).toHaveBeenCalledWith({ view: 'profiles', path: [] });
    expect(useRoute.getState().path).toEqual(['lab', 'limits']);
    release();
  });
});

describe('an address that is another one by now', () => {
  it('is replaced, so that nobody comes back to it', () => {
    const heard = vi.fn();
    address.addEventListener('hashchange', heard);
    goInstead('results');
    expect(useRoute.getState()).toEqual({ view: 'results', path: [] });
    expect(address.location.hash).toBe('#/results');
    expect(heard).not.toHaveBeenCalled();
  });
});
