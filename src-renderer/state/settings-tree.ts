import type { SettingsChange } from '../../src-main/contract/window-calls';

/** Settings as plain data: what dropgate.yaml says, and where in it something stands. */
export type Json = Exclude<SettingsChange['value'], undefined>;
export type Path = readonly (string | number)[];
export interface Keyed {
  readonly [key: string]: Json | undefined;
}

export function isKeyed(value: unknown): value is Keyed {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is Json[] {
  return Array.isArray(value);
}

/** The keys below a value; none where it has none. */
export function keyed(value: Json | undefined): Keyed {
  return isKeyed(value) ? value : {};
}

/** The entries of a list that are texts. */
export function texts(value: Json | undefined): string[] {
  return isList(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

export function valueAt(value: Json | undefined, path: Path): Json | undefined {
  let here: Json | undefined = value;
  for (const step of path) {
    if (isList(here)) here = here[Number(step)];
    else if (isKeyed(here)) here = Object.hasOwn(here, step) ? here[String(step)] : undefined;
    else return undefined;
  }
  return here;
}

/** A copy with another value at one place; undefined takes the key away. What is missing on the way is made. */
export function withValue(tree: Json | undefined, path: Path, value: Json | undefined): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list = isList(tree) ? [...tree] : [];
    const next = withValue(list[step], rest, value);
    if (next === undefined) list.splice(step, 1);
    else list[step] = next;
    return list;
  }
  const entries = Object.entries(keyed(tree)).flatMap(([key, kept]) => (kept === undefined ? [] : [{ key, kept }]));
  const map = new Map(entries.map(({ key, kept }) => [key, kept]));
  const next = withValue(map.get(step), rest, value);
  if (next === undefined) map.delete(step);
  else map.set(step, next);
  return Object.fromEntries(map);
}

export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (isList(one) && isList(other))
    return one.length === other.length && one.every((entry, at) => isSame(entry, other[at]));
  if (isKeyed(one) && isKeyed(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].every((key) => isSame(one[key], other[key]));
  }
  return one === other;
}

/** The least that must be written for `before` to become `after`; lists are handed over whole. */
export function changesBetween(before: Json | undefined, after: Json | undefined, path: Path): SettingsChange[] {
  if (isSame(before, after)) return [];
  if (isKeyed(before) && isKeyed(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => changesBetween(before[key], after[key], [...path, key]));
  }
  return [{ path: [...path], ...(after === undefined ? {} : { value: after }) }];
}

export function startsWith(path: Path, beginning: Path): boolean {
  return beginning.length <= path.length && beginning.every((step, at) => String(step) === String(path[at]));
}

/** `probes.clamav.socket`: a place as a person names it, and as `overridden` names it. */
export function dotted(path: Path): string {
  return path.join('.');
}
