import { createHash } from 'node:crypto';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { escapeHidden } from '../../base/display-name';
import { DropgateError } from '../../base/errors';
import { EICAR } from '../clamav/canary';
import type { Canary } from '../probe';
import { API_KEYS, acceptsSchema, apiSchema, type Command, canarySchema, environSchema } from './definition-schema';
import { GIVEN, variableProblem } from './environment';
import { patternSource } from './mime-pattern';
import { namesIn } from './variables';
import type { VerdictMapping } from './verdict-mapping';

/** How files of one kind are looked at. */
export interface Definition {
  /** `application/pdf`, a pattern such as `image/*`, or `example`. */
  readonly key: string;
  readonly remote: boolean;
  /** As it is written; null when it is not. */
  readonly workdir: string | null;
  /** The global `environment`, then its own `environ`. */
  readonly environ: Readonly<Record<string, string>>;
  /** Definitions with the same one share a lock and whether they are installed. */
  readonly shared: string;
  readonly install: readonly Command[];
  readonly scripts: readonly Command[];
  readonly report: Command;
  /** Null: its end says nothing about a file. */
  readonly verdict: VerdictMapping | null;
}

/** An api.yml. */
export interface Definitions {
  /** In the order of the file. */
  readonly apis: readonly Definition[];
  /** What is done with a type that nothing else is made for. */
  readonly example: Definition | null;
  /** Patterns of the types that these definitions are made for at all; null when the file does not say. */
  readonly accepts: readonly string[] | null;
  readonly canary: Canary | null;
  /** SHA-256 of the text, in hex. */
  readonly sha256: string;
}

/** What stands at the top of the file and is neither an API nor a media type. */
const TOP = ['environment', 'accepts', 'canary'];
const EXAMPLE = 'example';

type Say = (path: readonly PropertyKey[], problem: string) => void;

/**
 * Reads the text of an api.yml, as BroAPT has it: `environment`, then `<media>/<subtype>` (or `<media>` with subtypes below
 * it), patterns of fnmatch allowed, and `example` for all others; and what it lacked: `accepts`, `canary`, and `verdict` in
 * each API. `file` is what mistakes are told with. Throws BAD_CONFIG with one line for each mistake:
 * `<file>: <key.path>: <what is wrong>; <what to write instead>`.
 */
export function parseDefinitions(text: string, file: string): Definitions {
  const problems: string[] = [];
  const say: Say = (path, problem) => {
    const place = path.map((step) => `${escapeHidden(String(step))}`).join('.');
    problems.push([file, ...(place === '' ? [] : [place]), problem].join(': '));
  };
  const data = readYaml(text, say);
  const environment = checked(environSchema, data.environment ?? {}, ['environment'], say) ?? {};
  checkVariables(environment, {}, ['environment'], say);
  const read = (api: unknown, key: string, path: readonly PropertyKey[]) => readApi(api, key, path, environment, say);
  const apis = entriesOf(data, say).flatMap(({ api, key, path }) => read(api, key, path) ?? []);
  const example = data[EXAMPLE] === undefined ? null : read(data[EXAMPLE], EXAMPLE, [EXAMPLE]);
  const accepts = data.accepts === undefined ? null : checked(acceptsSchema, data.accepts, ['accepts'], say);
  for (const pattern of accepts ?? []) checkPattern(pattern, ['accepts'], say);
  const canary = data.canary === undefined ? null : checked(canarySchema, data.canary, ['canary'], say);
  if (problems.length === 0 && apis.length === 0 && example === null)
    say([], 'defines nothing; write an API such as application/pdf');
  if (problems.length > 0) throw new DropgateError('BAD_CONFIG', problems.join('\n'));
  return {
    apis,
    example,
    accepts,
    canary: canary === null ? null : canaryOf(canary),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
}

/** The first definition whose key fits a MIME type (lower case, without parameters), else `example`, else null. */
export function findDefinition({ apis, example }: Definitions, mime: string): Definition | null {
  return apis.find(({ key }) => new RegExp(patternSource(key), 'i').test(mime)) ?? example;
}

/** All definitions, `example` last. */
export function definitionsOf({ apis, example }: Definitions): readonly Definition[] {
  return example === null ? apis : [...apis, example];
}

function readYaml(text: string, say: Say): Record<string, unknown> {
  const document = parseDocument(text, { merge: true, prettyErrors: true });
  for (const { message } of document.errors)
    say([], `is no YAML (${message.split('\n')[0]?.replace(/:$/, '')}); correct that line`);
  if (document.errors.length > 0) return {};
  const data: unknown = document.toJS({ maxAliasCount: 1000 });
  if (isMapping(data)) return data;
  say([], 'holds no keys; write an API such as application/pdf');
  return {};
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Entry {
  readonly api: unknown;
  readonly key: string;
  readonly path: readonly string[];
}

/** All APIs but `example`, in the order of the file. */
function entriesOf(data: Readonly<Record<string, unknown>>, say: Say): Entry[] {
  return Object.entries(data).flatMap(([key, value]): Entry[] => {
    if (TOP.includes(key) || key === EXAMPLE) return [];
    if (key.includes('/')) return [{ api: value, key, path: [key] }];
    if (!isMapping(value) || Object.keys(value).some((name) => API_KEYS.includes(name))) {
      say(
        [key],
        `is no type; write <media>/<subtype> such as application/${key}, or one of ${TOP.join(', ')}, ${EXAMPLE}`,
      );
      return [];
    }
    return Object.entries(value).map(([subtype, api]) => ({ api, key: `${key}/${subtype}`, path: [key, subtype] }));
  });
}

function readApi(
  data: unknown,
  key: string,
  path: readonly PropertyKey[],
  environment: Readonly<Record<string, string>>,
  say: Say,
): Definition | null {
  const api = checked(apiSchema, data, path, say);
  if (api === null) return null;
  checkPattern(key, path, say);
  checkVariables(api.environ, environment, [...path, 'environ'], say);
  const environ = { ...environment, ...api.environ };
  const lists = { install: api.install, scripts: api.scripts, report: [api.report] };
  for (const [step, commands] of Object.entries(lists)) {
    for (const command of commands) checkCommand(command, environ, [...path, step], say);
  }
  return {
    key,
    remote: api.remote,
    workdir: api.workdir ?? null,
    environ,
    shared: api.shared ?? key,
    install: api.install,
    scripts: api.scripts,
    report: api.report,
    verdict: api.verdict ?? null,
  };
}

function checked<T>(schema: z.ZodType<T>, data: unknown, path: readonly PropertyKey[], say: Say): T | null {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      const known = knownKeys(issue.path);
      for (const key of issue.keys) say([...path, ...issue.path, key], `unknown key; the keys here are ${known}`);
    } else {
      const missing = issue.path.length > 0 && issue.input === undefined && valueAt(data, issue.path) === undefined;
      const wrong = missing ? 'is missing' : 'does not fit';
      say([...path, ...issue.path], `${wrong}; ${adviceOf(issue)}`);
    }
  }
  return null;
}

const valueAt = (data: unknown, path: readonly PropertyKey[]) =>
  path.reduce(
    (value, step) => (isMapping(value) ? value[String(step)] : Array.isArray(value) ? value[Number(step)] : undefined),
    data,
  );

function knownKeys(path: readonly PropertyKey[]): string {
  if (path.length === 0) return API_KEYS.join(', ');
  return path.at(-1) === 'verdict'
    ? 'exit, json'
    : path.at(-1) === 'json'
      ? 'key, values'
      : 'name, severity, category, guidance';
}

/** What a schema wants, in words that follow "write". Those of its own words say "write" themselves. */
function adviceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => message).join(', ');
  if (issue.code === 'invalid_type') return `write ${WANTED[issue.expected] ?? issue.expected}`;
  if (issue.code === 'too_small') return 'write at least one';
  return issue.message;
}

const WANTED: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  array: 'a list such as [one, two]',
  object: 'keys below it',
  record: 'names with values below it',
};

function checkPattern(pattern: string, path: readonly PropertyKey[], say: Say): void {
  try {
    new RegExp(patternSource(pattern));
  } catch {
    say(path, `"${pattern}" is no pattern, since a range in [] runs backwards; write it as [a-z]`);
  }
}

function checkVariables(
  environ: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>>,
  path: readonly PropertyKey[],
  say: Say,
): void {
  const known = new Set([...GIVEN, ...Object.keys(before)]);
  for (const [name, value] of Object.entries(environ)) {
    const problem = variableProblem(name, value, 'definition');
    if (problem !== null) say([...path, name], problem);
    const unknown = namesIn(value).find((one) => !known.has(one));
    if (unknown !== undefined) say([...path, name], unset(unknown));
    known.add(name);
  }
}

function checkCommand(
  command: Command,
  environ: Readonly<Record<string, string>>,
  path: readonly PropertyKey[],
  say: Say,
): void {
  const texts = typeof command === 'string' ? [command] : command;
  if (texts.some((text) => text.includes('\0'))) say(path, 'holds a NUL; remove it');
  if (typeof command === 'string') return; // the shell has variables of its own
  const unknown = texts.flatMap(namesIn).find((name) => !GIVEN.includes(name) && !Object.hasOwn(environ, name));
  if (unknown !== undefined) say(path, unset(unknown));
}

const unset = (name: string) =>
  `refers to \${${name}}, which nothing sets; set it in environ, or in environment above all APIs`;

function canaryOf(canary: z.infer<typeof canarySchema>): Canary {
  if (canary === 'eicar') return { fileName: 'eicar.com', bytes: EICAR };
  return { fileName: canary.name, bytes: Buffer.from(canary.base64, 'base64') };
}
