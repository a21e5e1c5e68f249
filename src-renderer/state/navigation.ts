import { create } from 'zustand';

/** The views in the order of the navigation; keys 1 to 9 open the first nine. */
export const VIEWS = [
  'drop',
  'queue',
  'results',
  'quarantine',
  'folders',
  'probes',
  'destinations',
  'profiles',
  'overview',
  'settings',
] as const;
export type View = (typeof VIEWS)[number];

/** `path`: what comes after the view in the address, for the view itself: `#/results/42` is `['42']`. */
export interface Route {
  readonly view: View;
  readonly path: readonly string[];
}

export function isView(name: string): name is View {
  return (VIEWS as readonly string[]).includes(name);
}

export function routeOf(hash: string): Route {
  const [view = '', ...path] = hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  return isView(view) ? { view, path } : { view: 'drop', path: [] };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}

export function hashOf({ view, path }: Route): string {
  return `#/${[view, ...path].map(encodeURIComponent).join('/')}`;
}

export const useRoute = create<Route>()(() => ({ view: 'drop', path: [] }));

/** Is told where a person wants to go; goes there itself when it may. */
type Keeper = (to: Route) => void;
const keepers = new Map<object, { readonly place: Route; readonly keeper: Keeper }>();

/**
 * Nobody leaves `place`, and what lies below it, without `keeper`, such as that of a form with unsaved changes; answers
 * with the function that ends it.
 */
export function keepHere(place: Route, keeper: Keeper): () => void {
  const owner = {};
  keepers.set(owner, { place, keeper });
  return () => {
    keepers.delete(owner);
  };
}

function isWithin({ view, path }: Route, place: Route): boolean {
  return view === place.view && place.path.every((step, at) => path[at] === step);
}

/** Follows the address from now on; answers with the function that ends it. */
export function followAddress(): () => void {
  const read = () => {
    const [from, to] = [useRoute.getState(), routeOf(window.location.hash)];
    const kept = [...keepers.values()].find(({ place }) => isWithin(from, place) && !isWithin(to, place));
    if (kept === undefined) {
      useRoute.setState(to);
      return;
    }
    window.history.replaceState(null, '', hashOf(from));
    kept.keeper(to);
  };
  read();
  window.addEventListener('hashchange', read);
  return () => window.removeEventListener('hashchange', read);
}

/** Shows a view: `go('results', '42')`. */
export function go(view: View, ...path: string[]): void {
  window.location.hash = hashOf({ view, path });
}

/** The same, in the place of the address that is shown: going back does not lead there again. */
export function goInstead(view: View, ...path: string[]): void {
  const to: Route = { view, path };
  window.history.replaceState(null, '', hashOf(to));
  useRoute.setState(to);
}

/** One step up inside the view; true when there was one. */
export function goUp(): boolean {
  const { view, path } = useRoute.getState();
  if (path.length === 0) return false;
  go(view, ...path.slice(0, -1));
  return true;
}
