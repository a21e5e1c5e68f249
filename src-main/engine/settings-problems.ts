import type { z } from 'zod';
import { escapeHidden } from '../base/display-name';
import { RESERVED_KEYS, settingsSchema } from '../contract/settings';
import { nearest } from './nearest';
import { formsAt, keysBelow, valueAt } from './settings-shape';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** One mistake: where it stands, and `<what is wrong>; <what to write instead>`. */
export interface SettingsProblem {
  readonly path: Path;
  readonly text: string;
}

const RESERVED: readonly string[] = RESERVED_KEYS;

export const dotted = (path: Path): string => path.map((step) => escapeHidden(String(step))).join('.');

/** Every mistake that the schema found in `data`, in words. */
export function problemsOf(issues: readonly Issue[], data: unknown): SettingsProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...issue.path, key], data));
    return [{ path: issue.path, text: sentence(issue, issue.path.reduce(valueAt, data)) }];
  });
}

function unknownKey(path: Path, data: unknown): SettingsProblem {
  if (RESERVED.includes(dotted(path))) {
    return { path, text: 'belongs to a later version of Dropgate; remove it' };
  }
  const known = [...keysBelow(formsAt(settingsSchema, data, path.slice(0, -1))).named.keys()];
  const meant = nearest(String(path.at(-1)), known);
  const advice = meant === null ? `the keys here are ${known.join(', ')}` : `did you mean "${meant}"?`;
  return { path, text: `unknown key; ${advice}` };
}

/** How a value that does not fit is called. */
function called(value: unknown): string {
  if (value === undefined) return 'is missing';
  if (value === null) return 'is empty';
  if (Array.isArray(value)) return 'is a list';
  if (typeof value === 'object') return 'has keys below it';
  const shown = escapeHidden(String(value).slice(0, 60));
  return typeof value === 'string' ? `is the text "${shown}"` : `is ${shown}`;
}

const WANTED: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list such as [one, two]',
  object: 'keys below it, or remove it',
  record: 'names with keys below them, or remove it',
};

function sentence(issue: Issue, value: unknown): string {
  const is = called(value);
  switch (issue.code) {
    case 'invalid_type':
      return `${is}; write ${WANTED[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `${is}; ${oneOf(issue.values.map(String), value)}`;
    case 'invalid_union':
      return `${is}; ${unionAdvice(issue, value)}`;
    case 'too_small':
      return tooSmall(issue, is);
    case 'too_big':
      return `${is}; write at most ${issue.maximum}`;
    case 'invalid_format':
      return `${is}; write ${issue.format === 'url' ? 'a URL such as https://host:9000' : issue.message}`;
    case 'invalid_key':
      return `is no possible name; write ${issue.issues.map(({ message }) => message).join(', ')}`;
    case 'custom':
      return issue.message.replace(': ', '; ');
    default:
      return `${is}; ${issue.message}`;
  }
}

function tooSmall(issue: Extract<Issue, { code: 'too_small' }>, is: string): string {
  if (issue.origin === 'string') return 'is an empty text; write one, or remove the key';
  if (issue.origin === 'array') return 'is an empty list; write at least one entry, or remove the key';
  return `${is}; write ${issue.inclusive === true ? 'at least' : 'more than'} ${issue.minimum}`;
}

function oneOf(values: readonly string[], given: unknown): string {
  const meant = typeof given === 'string' ? nearest(given, values) : null;
  const choice = values.length === 1 ? values.join('') : `one of ${values.join(', ')}`;
  return meant === null ? `write ${choice}` : `did you mean "${meant}"? Write ${choice}`;
}

/** What any branch of a union would take. A union told apart by a key names that key's values. */
function unionAdvice(issue: Extract<Issue, { code: 'invalid_union' }>, value: unknown): string {
  if ('options' in issue && Array.isArray(issue.options)) return oneOf(issue.options.map(String), value);
  const wanted = issue.errors.flatMap((branch) =>
    branch.flatMap((inner) => {
      if (inner.path.length > 0) return [`${dotted(inner.path)} as ${inner.message}`];
      if (inner.code === 'invalid_type') return [WANTED[inner.expected] ?? inner.expected];
      return inner.code === 'invalid_value' ? inner.values.map(String) : [inner.message];
    }),
  );
  return `write ${[...new Set(wanted)].join(' or ')}`;
}
