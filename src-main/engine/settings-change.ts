import { isDeepStrictEqual } from 'node:util';
import type { SettingsChange } from '../contract/window-calls';
import type { SettingsProblem } from './settings-problems';
import { valueAt } from './settings-shape';

type Json = NonNullable<SettingsChange['value']> | null;
type Step = SettingsChange['path'][number];

/** Sets an own property whatever its name is: `__proto__` is a key like any other. */
function put(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A copy that shares no part with another, as parts that came from one alias do. */
export function unshared(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unshared);
  if (typeof value !== 'object' || value === null) return value;
  const copy = {};
  for (const [key, inner] of Object.entries(value)) put(copy, key, unshared(inner));
  return copy;
}

/** The data after one change; the data given stays as it is. A problem when something else stands in the way. */
export function changed(data: unknown, change: SettingsChange): { data: unknown } | SettingsProblem {
  const root: unknown = unshared(data);
  const { path, value } = change;
  let node = root;
  for (const [depth, step] of path.slice(0, -1).entries()) {
    const problem = obstacle(node, path, depth);
    if (problem !== null) return problem;
    const inner = valueAt(node, step);
    const isThere = inner !== undefined && inner !== null;
    if (!isThere && value === undefined) return { data: root };
    if (!isThere && typeof node === 'object' && node !== null) {
      put(node, step, typeof path[depth + 1] === 'number' ? [] : {});
    }
    node = valueAt(node, step);
  }
  const problem = obstacle(node, path, path.length - 1);
  const last = path.at(-1);
  if (problem !== null || last === undefined || typeof node !== 'object' || node === null) {
    return problem ?? { path: [...path], text: 'names no key; name one' };
  }
  if (value !== undefined) put(node, last, unshared(value));
  else if (Array.isArray(node) && typeof last === 'number') node.splice(last, 1);
  else Reflect.deleteProperty(node, last);
  return { data: root };
}

/** What keeps the step at `depth` from being taken in `node`. */
function obstacle(node: unknown, path: readonly Step[], depth: number): SettingsProblem | null {
  const at = path.slice(0, depth);
  const step = path[depth];
  if (typeof node !== 'object' || node === null) {
    return { path: at, text: 'has a plain value where keys are to be set below it; remove the value first' };
  }
  if (Array.isArray(node) !== (typeof step === 'number')) {
    const kind = Array.isArray(node) ? 'is a list, and its entries are counted' : 'has keys, and no counted entries';
    return { path: at, text: `${kind}; "${String(step)}" cannot be there` };
  }
  if (Array.isArray(node) && typeof step === 'number' && step > node.length) {
    return { path: at, text: `has ${node.length} entries and none at position ${step}; add entries at the end` };
  }
  return null;
}

const isKeys = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A change as the smallest changes that make it, in the order in which they are to be made: a form that hands over a
 * whole list or a whole set of keys then touches what is new in it alone. `old`: what stands at the path now.
 */
export function refined({ path, value }: SettingsChange, old: unknown): SettingsChange[] {
  if (value === undefined || isDeepStrictEqual(old, value)) return value === undefined ? [{ path }] : [];
  if (Array.isArray(old) && Array.isArray(value)) return refinedList(path, old, value) ?? [{ path, value }];
  if (!isKeys(old) || !isKeys(value) || Object.keys(value).length === 0) return [{ path, value }];
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(value, key));
  return [
    ...Object.entries(value).flatMap(([key, inner]) =>
      refined({ path: [...path, key], value: inner }, Object.hasOwn(old, key) ? old[key] : undefined),
    ),
    ...gone.map((key) => ({ path: [...path, key] })),
  ];
}

/** Null where entries come in before others: no change of one entry says that. */
function refinedList(path: readonly Step[], old: readonly unknown[], value: readonly Json[]): SettingsChange[] | null {
  const shorter = Math.min(old.length, value.length);
  let same = 0;
  while (same < shorter && isDeepStrictEqual(old[same], value[same])) same += 1;
  let end = 0;
  while (end < shorter - same && isDeepStrictEqual(old.at(-1 - end), value.at(-1 - end))) end += 1;
  if (value.length > old.length && end > 0) return null;
  const taken = Math.min(old.length, value.length) - end;
  const changes = value
    .slice(same, value.length - end)
    .flatMap((entry, index) => refined({ path: [...path, same + index], value: entry }, old[same + index]));
  const removed = Array.from({ length: Math.max(0, old.length - value.length) }, () => ({ path: [...path, taken] }));
  return [...changes, ...removed];
}
