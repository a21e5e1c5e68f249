import { parse } from 'yaml';
import { z } from 'zod';
import { messageOf } from '../base/errors';
import { settingsSchema } from '../contract/settings';
import { nearest } from './nearest';
import type { SettingsProblem } from './settings-problems';
import { entriesOf, formsOf, keysBelow, valueAt } from './settings-shape';

type Schema = z.core.$ZodType;

const PREFIX = 'DROPGATE_';

/**
 * Names that are no settings: DROPGATE_CONFIG (the file itself), what the build, the tests and the crash suite hand on,
 * and variables that the configuration names to hold a secret (`secretEnv`, `tokenEnv`).
 */
const NOT_SETTINGS =
  /^DROPGATE_(CONFIG|ENTRIES|BUILD_DIR|YARA_ENGINE|RESOURCES|FAULT.*|TEST_.*|BENCH_.*|(.*_)?(SECRET|TOKEN|PASSWORD|KEY))$/;

interface Match {
  readonly path: readonly (string | number)[];
  readonly forms: readonly Schema[];
}

export interface Overridden {
  /** A copy of the data with the overrides in it. */
  readonly data: unknown;
  /** Which variable set a key: dotted path -> name. */
  readonly origins: ReadonlyMap<string, string>;
  readonly problems: readonly (SettingsProblem & { readonly variable: string })[];
}

const squeezed = (key: string) => key.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/**
 * Lays `DROPGATE_*` variables over what a file says. The rule: `DROPGATE_` and the key path in upper case with `_`
 * between and inside names (probes.hash-list.deny = DROPGATE_PROBES_HASH_LIST_DENY); capital letters, dashes and
 * underscores do not count (DROPGATE_DATA_DIR = dataDir). Names of profiles and destinations are those of the file, and
 * `default`; entries of `watch` are counted from 0. A value is a YAML scalar, or a list of them such as `[a, b]`; where
 * only a text fits it is taken as it stands. An empty variable counts as not set. Unknown ones are mistakes.
 */
export function applyEnvironment(fromFile: unknown, env: NodeJS.ProcessEnv): Overridden {
  const data: unknown = structuredClone(fromFile);
  const origins = new Map<string, string>();
  const problems: (SettingsProblem & { variable: string })[] = [];
  for (const [variable, text] of Object.entries(env).sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (!variable.startsWith(PREFIX) || NOT_SETTINGS.test(variable)) continue;
    const matches = matchesOf([settingsSchema], data, squeezed(variable.slice(PREFIX.length)), []);
    const [match] = matches;
    if (match === undefined || matches.length > 1) {
      problems.push({ variable, path: [], text: match === undefined ? unknown(variable) : ambiguous(matches) });
    } else if (text !== undefined && text !== '') {
      const problem = override(data, match, text);
      if (problem === null) origins.set(match.path.join('.'), variable);
      else problems.push({ variable, path: match.path, text: problem });
    }
  }
  return { data, origins, problems };
}

/** Every leaf whose squeezed path is exactly `rest`. */
function matchesOf(schemas: readonly Schema[], value: unknown, rest: string, path: Match['path']): Match[] {
  const forms = schemas.flatMap((schema) => formsOf(schema, value));
  if (rest === '') return isLeaf(forms) ? [{ path, forms }] : [];
  return stepsBelow(forms, value, rest, path).flatMap(({ step, schemas: inner, left }) =>
    matchesOf(inner, valueAt(value, step), left, [...path, step]),
  );
}

function stepsBelow(forms: readonly Schema[], value: unknown, rest: string, path: Match['path']) {
  const { named, records } = keysBelow(forms);
  const steps: { step: string | number; schemas: Schema[]; left: string }[] = [];
  const add = (step: string | number, schemas: Schema[]) => {
    const word = squeezed(String(step));
    if (word !== '' && rest.startsWith(word)) steps.push({ step, schemas, left: rest.slice(word.length) });
  };
  for (const [key, schema] of named) add(key, [schema]);
  if (records.length > 0) {
    const given = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
    const names = new Set(path.join('.') === 'profiles' ? [...given, 'default'] : given);
    for (const name of names) add(name, records);
  }
  if (Array.isArray(value)) for (const index of value.keys()) add(index, entriesOf(forms));
  return steps;
}

/** A scalar, or a list of scalars: what one variable can hold. */
function isLeaf(forms: readonly Schema[]): boolean {
  const plain = (form: Schema) => !(form instanceof z.ZodObject || form instanceof z.ZodRecord);
  return (
    forms.length > 0 &&
    forms.every(plain) &&
    entriesOf(forms)
      .flatMap((entry) => formsOf(entry, ''))
      .every(plain)
  );
}

/** Sets the leaf in `data`; the problem when the text is no YAML scalar or list, or something else stands in the way. */
function override(data: unknown, match: Match, text: string): string | null {
  let value: unknown = text;
  if (!match.forms.every((form) => form instanceof z.ZodString)) {
    try {
      value = parse(text, { prettyErrors: false });
    } catch (error) {
      return `is no YAML value (${messageOf(error)}); write a scalar or a list such as [one, two]`;
    }
  }
  let node = data;
  for (const step of match.path.slice(0, -1)) {
    if (typeof node !== 'object' || node === null) return 'cannot be set; the file has something else in its place';
    if (valueAt(node, step) === undefined || valueAt(node, step) === null) Reflect.set(node, step, {});
    node = valueAt(node, step);
  }
  const last = match.path.at(-1);
  if (typeof node !== 'object' || node === null || last === undefined) {
    return 'cannot be set; the file has something else in its place';
  }
  Reflect.set(node, last, value);
  return null;
}

function ambiguous(matches: readonly Match[]): string {
  return `fits ${matches.map(({ path }) => path.join('.')).join(' and ')}; write it in the file`;
}

function unknown(variable: string): string {
  const names = ['DROPGATE_CONFIG', ...leafNames(settingsSchema, '', 0)];
  const meant = nearest(variable, names);
  return `no such setting; ${meant === null ? 'unset it' : `did you mean ${meant}?`}`;
}

/** Names of variables, for suggestions: free names as `DEFAULT`, entries of lists not at all. */
function leafNames(schema: Schema, path: string, depth: number): string[] {
  const forms = formsOf(schema, {});
  if (depth > 0 && isLeaf(forms)) return [`DROPGATE${path}`];
  const { named, records } = keysBelow(forms);
  const upper = (key: string) =>
    key
      .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
      .replaceAll('-', '_')
      .toUpperCase();
  const below = [...named].flatMap(([key, inner]) => leafNames(inner, `${path}_${upper(key)}`, depth + 1));
  return [...below, ...records.flatMap((inner) => leafNames(inner, `${path}_DEFAULT`, depth + 1))];
}
