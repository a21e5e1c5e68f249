import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  Scalar,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { SettingsChange } from '../contract/window-calls';
import { commentsIn } from './settings-comments';
import { keyName } from './settings-document';
import { valueAt } from './settings-shape';

type Step = SettingsChange['path'][number];

/** A flow collection longer than this becomes lines of its own. */
const LONGEST_FLOW = 100;
const PLAIN_SCALARS = new Set<unknown>([Scalar.PLAIN, Scalar.QUOTE_DOUBLE, Scalar.QUOTE_SINGLE]);

/**
 * A text with one change made in place, every other character as it was; null where that cannot be said by so little.
 * `wanted` is the data after the change. The caller proves that the text then says it.
 */
export function spliced(text: string, { path, value }: SettingsChange, wanted: unknown): string | null {
  let node: unknown = parseDocument(text).contents;
  let inLines = true;
  for (const [depth, step] of path.entries()) {
    if (!(isMap(node) || isSeq(node)) || node.anchor !== undefined) return null;
    const below = path.slice(0, depth + 1);
    const index = isMap(node) ? node.items.findIndex(({ key }) => keyName(key) === String(step)) : Number(step);
    const part = partAt(node, index);
    const isLast = depth === path.length - 1;
    if (node.flow === true && (part === null || (isLast && !(isScalar(part) && isPlain(value))))) {
      const longer =
        part === null && value !== undefined ? lengthened(text, node, step, below.reduce(valueAt, wanted)) : null;
      return longer ?? rewritten(text, node, path.slice(0, depth).reduce(valueAt, wanted), inLines);
    }
    if (part === null) return value === undefined ? null : added(text, node, step, below.reduce(valueAt, wanted));
    if (isLast && value === undefined) return cut(text, node, index);
    if (isLast) return replaced(text, part, value);
    inLines = isMap(node) && node.flow !== true;
    node = part;
  }
  return null;
}

const isPlain = (value: unknown) => value !== undefined && value !== null && typeof value !== 'object';

function partAt(node: YAMLMap | YAMLSeq, index: number): Node | null {
  const part: unknown = isMap(node) ? node.items[index]?.value : node.items[index];
  return isNode(part) ? part : null;
}

const between = (text: string, start: number, end: number, by: string) => text.slice(0, start) + by + text.slice(end);
const lineStart = (text: string, at: number) => text.lastIndexOf('\n', at - 1) + 1;
const lineEnd = (text: string, at: number) => (text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at));

function flowText(value: unknown, padded: boolean): string {
  return stringify(value, { collectionStyle: 'flow', flowCollectionPadding: padded, lineWidth: 0 }).trimEnd();
}

/** Lines of block style, all but the first indented. */
function lines(value: unknown, column: number): string {
  const text = stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
  return text.replaceAll('\n', `\n${' '.repeat(column)}`);
}

function replaced(text: string, part: Node, value: unknown): string | null {
  const [start, end] = part.range ?? [0, 0];
  if ((isMap(part) || isSeq(part)) && part.flow === true && part.anchor === undefined) {
    return rewritten(text, part, value, false);
  }
  if (!isScalar(part) || start === end || !PLAIN_SCALARS.has(part.type) || part.anchor !== undefined) return null;
  const scalar = new Scalar(value);
  if (typeof value === 'string' && typeof part.value === 'string' && part.type !== undefined) scalar.type = part.type;
  return isPlain(value) ? between(text, start, end, flowText([scalar], false).slice(1, -1)) : null;
}

/** A flow collection with new content; as lines below its key where it would be long and `inLines` allows it. */
function rewritten(text: string, node: YAMLMap | YAMLSeq, value: unknown, inLines: boolean): string | null {
  const [start, end] = node.range ?? [0, 0];
  if (start === end) return null;
  const flow = flowText(value, !/^.\S/.test(text.slice(start, end)) || end - start <= 2);
  if (flow.length <= LONGEST_FLOW || !inLines) return between(text, start, end, flow);
  const column = text.slice(lineStart(text, start)).search(/[^ ]/) + 2;
  return between(text, start, end, `\n${' '.repeat(column)}${lines(value, column)}`);
}

/** A flow collection with one entry more at its end; null where it has none yet or would be long. */
function lengthened(text: string, node: YAMLMap | YAMLSeq, step: Step, value: unknown): string | null {
  const [start, end] = node.range ?? [0, 0];
  const last = endOf(isMap(node) ? node.items.at(-1)?.value : node.items.at(-1));
  const entry = flowText(isMap(node) ? { [step]: value } : [value], false).slice(1, -1);
  if (last === null || end - start + entry.length > LONGEST_FLOW || text.slice(start, end).includes('\n')) return null;
  return between(text, last, last, `, ${entry}`);
}

/** Where the last character of a part is that is no comment; null where its end is not plain to see. */
function endOf(part: unknown): number | null {
  if (!isNode(part)) return null;
  if ((isMap(part) || isSeq(part)) && part.flow !== true) {
    return endOf(isMap(part) ? part.items.at(-1)?.value : part.items.at(-1));
  }
  if (isScalar(part) && !PLAIN_SCALARS.has(part.type)) return null;
  return part.range?.[1] ?? null;
}

/** Where an entry of a block collection begins: its key, or the dash before it. */
function beginOf(text: string, node: YAMLMap | YAMLSeq, index: number): number | null {
  if (isMap(node)) {
    const key = node.items[index]?.key;
    return isNode(key) ? (key.range?.[0] ?? null) : null;
  }
  const start = partAt(node, index)?.range?.[0];
  if (start === undefined) return null;
  const dash = text.lastIndexOf('-', start - 1);
  return dash >= 0 && /^-[ ]+$/.test(text.slice(dash, start)) ? dash : null;
}

function added(text: string, node: YAMLMap | YAMLSeq, step: Step, value: unknown): string | null {
  const begin = beginOf(text, node, 0);
  const last = endOf(node);
  if (begin === null || last === null) return null;
  const column = begin - lineStart(text, begin);
  const entry = lines(isMap(node) ? { [step]: value } : [value], column);
  const at = lineEnd(text, last);
  return between(text, at, at, `\n${' '.repeat(column)}${entry}`);
}

/** Lines of one entry taken out; comments among them stay. */
function cut(text: string, node: YAMLMap | YAMLSeq, index: number): string | null {
  const begin = beginOf(text, node, index);
  const last = endOf(partAt(node, index));
  if (begin === null || last === null || node.items.length < 2) return null;
  const start = lineStart(text, begin);
  const indent = text.slice(start, begin);
  if (indent.trim() !== '') return null;
  const end = Math.min(lineEnd(text, last) + 1, text.length);
  const comments = commentsIn(text.slice(start, end)).map((comment) => `${indent}# ${comment}\n`);
  return between(text, start, end, comments.join(''));
}
