import { isDeepStrictEqual } from 'node:util';
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { addBefore, commentsOf, leaveBehind } from './settings-comments';

type Keys = Record<string, unknown>;

const isKeys = (value: unknown): value is Keys => typeof value === 'object' && value !== null && !Array.isArray(value);

/** New nodes, with no anchors whatever parts of the value are one and the same. */
const create = (document: Document, value: unknown) => document.createNode(value, { aliasDuplicateObjects: false });

function commentedAs<Made extends Node>(made: Made, old: Node): Made {
  made.commentBefore = old.commentBefore ?? null;
  made.comment = old.comment ?? null;
  if (old.spaceBefore === true) made.spaceBefore = true;
  return made;
}

/** A key of a document as data has it. */
export function keyName(key: unknown): string {
  const value = isScalar(key) ? key.value : key;
  return value === null || value === undefined ? '' : String(value);
}

/** Brings a document to `wanted`, and touches only what differs: order and comments stay. */
export function bringTo(document: Document, wanted: unknown): void {
  const { contents } = document;
  const root = isNode(contents) ? contents : null;
  if (root === null || (isScalar(root) && root.value === null)) {
    const comment = commentsOf(root);
    const made = create(document, wanted);
    addBefore(made, comment);
    document.contents = made;
    return;
  }
  document.contents = brought(document, root, wanted, (comment) => addBefore(root, comment));
}

/** `node` with the data `wanted`; `keep` takes comments that have no place in it any more. */
function brought(document: Document, node: unknown, wanted: unknown, keep: (comment: string) => void): Node {
  if (isNode(node)) {
    if (isDeepStrictEqual(node.toJS(document), wanted)) return node;
    if (isMap(node) && isKeys(wanted)) return broughtMap(document, node, wanted);
    if (isSeq(node) && Array.isArray(wanted)) return broughtList(document, node, wanted);
  }
  const made = create(document, wanted);
  if (isScalar(node) && isScalar(made)) {
    if (typeof node.value === 'string' && typeof made.value === 'string' && node.type !== undefined) {
      made.type = node.type;
    }
    return commentedAs(made, node);
  }
  const comments = commentsOf(node);
  if (comments !== null) keep(comments);
  return made;
}

function broughtMap(document: Document, map: YAMLMap, wanted: Keys): YAMLMap {
  const wasEmpty = map.items.length === 0;
  for (let index = 0; index < map.items.length; ) {
    const pair = map.items[index];
    if (pair === undefined) break;
    const name = keyName(pair.key);
    if (Object.hasOwn(wanted, name)) {
      const { key } = pair;
      pair.value = brought(document, pair.value, wanted[name], (comment) => {
        if (isNode(key)) addBefore(key, comment);
      });
      index += 1;
    } else {
      map.items.splice(index, 1);
      leaveBehind(map, index, [pair.key, pair.value]);
    }
  }
  const there = new Set(map.items.map(({ key }) => keyName(key)));
  for (const [name, value] of Object.entries(wanted)) {
    if (!there.has(name)) map.items.push(document.createPair(name, create(document, value)));
  }
  if (wasEmpty && map.items.length > 0) map.flow = false; // `{}` gets its keys as lines, where its parents have them so
  return map;
}

/** Entries that are the same at the beginning and at the end stay; between them each takes the place of the other. */
function broughtList(document: Document, list: YAMLSeq, wanted: readonly unknown[]): YAMLSeq {
  const given: readonly unknown[] = list.items.map((item) => (isNode(item) ? item.toJS(document) : item));
  const shorter = Math.min(given.length, wanted.length);
  let start = 0;
  while (start < shorter && isDeepStrictEqual(given[start], wanted[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isDeepStrictEqual(given.at(-1 - end), wanted.at(-1 - end))) end += 1;
  const [oldEnd, newEnd] = [given.length - end, wanted.length - end];
  const both = Math.min(oldEnd, newEnd);
  for (let index = start; index < both; index += 1) {
    const kept: string[] = [];
    const item = brought(document, list.items[index], wanted[index], (comment) => kept.push(comment));
    if (kept.length > 0) addBefore(item, kept.join('\n'));
    list.items[index] = item;
  }
  if (oldEnd > both) leaveBehind(list, both, list.items.splice(both, oldEnd - both));
  else list.items.splice(both, 0, ...wanted.slice(both, newEnd).map((value) => create(document, value)));
  if (given.length === 0) list.flow = false;
  return list;
}

/** Puts what they stand for in the place of all aliases: a change of one place is then a change of that place alone. */
export function withoutAliases(document: Document): boolean {
  let found = false;
  const resolved = (part: unknown): unknown => {
    if (isAlias(part)) {
      found = true;
      return commentedAs(create(document, part.toJS(document)), part);
    }
    if (isMap(part)) for (const pair of part.items) pair.value = resolved(pair.value);
    if (isSeq(part)) part.items = part.items.map(resolved);
    return part;
  };
  resolved(document.contents);
  return found;
}
