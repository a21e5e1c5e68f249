import { escapeHidden } from '../../base/display-name';
import { ProbeError } from '../../base/errors';
import type { Finding } from '../../contract/finding';
import { type Found, jsonDocumentSchema, type Meaning, type VerdictMapping } from './verdict-mapping';

const LONGEST_TEXT = 300;
/** A file with more findings is no less stopped. */
const MOST_FINDINGS = 100;

/** How a report command ended. */
export interface Answer {
  readonly exitCode: number;
  /** Its standard output. */
  readonly output: string;
  /** The file that it looked at, which its output may name. */
  readonly path: string;
}

/**
 * What the end of a report says about the file: findings, or none where the mapping says that this end means clean. Throws
 * PROBE_BAD_REPLY for an end that the mapping does not name.
 */
export function readAnswer(mapping: VerdictMapping, answer: Answer): Finding[] {
  const { exit, json } = mapping;
  if (exit !== undefined) return meant(exit[String(answer.exitCode)], `exit code ${answer.exitCode}`, answer);
  const data = parsedJson(answer.output);
  if (typeof json === 'object') {
    const value = valueAt(data, json.key);
    const known = ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : null;
    const meaning = known !== null && Object.hasOwn(json.values, known) ? json.values[known] : undefined;
    return meant(meaning, `${json.key}: ${shown(JSON.stringify(value) ?? 'nothing')}`, answer);
  }
  const document = jsonDocumentSchema.safeParse(data);
  if (!document.success) throw unknown('a JSON document without a verdict (clean, or found with findings)');
  if (document.data.verdict === 'clean') return [];
  return document.data.findings.slice(0, MOST_FINDINGS).map(({ name, evidence, ...rest }) => ({
    probe: 'command',
    ...rest,
    name: shown(name),
    ...(evidence === undefined ? {} : { evidence: shown(evidence) }),
  }));
}

function meant(meaning: Meaning | undefined, end: string, answer: Answer): Finding[] {
  if (meaning === undefined) throw unknown(end);
  if (meaning === 'clean') return [];
  const { severity, category, guidance } = meaning;
  const said = answer.output.replaceAll(answer.path, 'the file').trim();
  const evidence = said === '' ? {} : { evidence: shown(said) };
  return namesOf(meaning, answer).map((name) => ({
    probe: 'command',
    name,
    severity,
    category,
    ...evidence,
    guidance,
  }));
}

/** Names as the report tells them, each once. */
function namesOf({ name }: Found, { output }: Answer): string[] {
  if (typeof name === 'string') return [name];
  const [before, after] = name.between;
  const told = output.split('\n').flatMap((line) => {
    const end = after === '' ? line.length : line.lastIndexOf(after);
    const start = before === '' ? 0 : line.lastIndexOf(before, end - 1);
    const text = end < 0 || start < 0 ? '' : line.slice(start + before.length, end).trim();
    return text === '' ? [] : [shown(text)];
  });
  return told.length === 0 ? [name.otherwise] : [...new Set(told)].slice(0, MOST_FINDINGS);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProbeError('PROBE_BAD_REPLY', 'its report is no JSON', { cause: error, retryable: false });
  }
}

function valueAt(data: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    return Reflect.get(value, step);
  }, data);
}

const shown = (text: string) => escapeHidden(text.slice(0, LONGEST_TEXT));

function unknown(what: string): ProbeError {
  const message = `its report ended with ${what}, which its verdict in api.yml does not name; add it there`;
  return new ProbeError('PROBE_BAD_REPLY', message, { retryable: false });
}
